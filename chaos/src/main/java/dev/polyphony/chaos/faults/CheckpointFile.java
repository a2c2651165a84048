package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trainer's checkpoints, as files. */
final class CheckpointFile {

    private static final JsonMapper JSON = new JsonMapper();

    private CheckpointFile() {}

    /** All checkpoints, the oldest first. */
    static List<Path> all(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("step-\\d+\\.safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /**
     * Makes sure that none is half-written.
     *
     * @throws ChaosException if one is
     */
    static void requireWhole(Path directory) {
        for (Path file : all(directory)) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                long described = describedBytes(bytes);
                if (described != bytes.length) {
                    throw new ChaosException(
                            file + " has " + bytes.length + " bytes and says that it has " + described);
                }
            } catch (IOException | JacksonException | IllegalArgumentException e) {
                throw new ChaosException(file + " is half-written", e);
            }
        }
    }

    /** As the safetensors header has it. */
    private static long describedBytes(byte[] bytes) {
        if (bytes.length < 8) {
            throw new IllegalArgumentException("no header");
        }
        int header = Math.toIntExact(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        JsonNode tensors = JSON.readTree(bytes, 8, header);
        long end = 0;
        for (JsonNode tensor : tensors) {
            end = Math.max(end, tensor.path("data_offsets").path(1).asLong(0));
        }
        return 8L + header + end;
    }
}
