package dev.polyphony.launcher.archive;

import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.LauncherMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an archive holds: {@code manifest.json}.
 *
 * @param format {@value #VERSION}
 * @param streamId identity of the stream
 * @param steps of the whole stream
 * @param partitions of each of its topics
 * @param stream what determines it, as {@code streams/<streamId>.json} in the model store
 * @param files one for each partition of each topic, in the order in which they are restored
 */
record Manifest(String format, String streamId, long steps, int partitions, JsonNode stream, List<ArchivedFile> files) {

    static final String VERSION = "polyphony-archive-1";
    static final String NAME = "manifest.json";

    /** The topics, in the order of the flow: a stream counts as complete when its logits are there. */
    static final List<String> TOPICS = List.of("plan", "minibatches", "logits");

    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_PARTITIONS = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    Manifest {
        files = List.copyOf(files);
    }

    static Manifest of(StreamParts parts, long steps, int partitions, List<ArchivedFile> files) {
        return new Manifest(VERSION, parts.streamId(), steps, partitions, JSON.readTree(parts.toJson()), files);
    }

    byte[] toBytes() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * Reads the manifest of an archive.
     *
     * @throws LauncherMistake if there is none
     * @throws DamagedArchiveException if it is not what it should be
     */
    static Manifest read(Path archive) {
        Path file = archive.resolve(NAME);
        try {
            if (!Files.isRegularFile(file)) {
                throw new LauncherMistake("there is no archive in " + archive + ": it has no " + NAME);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new DamagedArchiveException(file + " is larger than any manifest");
            }
            Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
            manifest.check(file);
            return manifest;
        } catch (JacksonException damaged) {
            throw new DamagedArchiveException(file + " is no manifest that this program reads: "
                    + damaged.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void check(Path file) {
        if (!format.equals(VERSION)) {
            throw new DamagedArchiveException(file + " has the format " + format + ", this program reads " + VERSION);
        }
        if (!parts(file.toString()).streamId().equals(streamId)) {
            throw new DamagedArchiveException(file + " says what another stream is than " + streamId);
        }
        if (partitions < 1 || partitions > MOST_PARTITIONS || steps < 1) {
            throw new DamagedArchiveException(file + " has " + partitions + " partitions and " + steps + " steps");
        }
        Set<String> wanted = new HashSet<>();
        for (String topic : TOPICS) {
            for (int partition = 0; partition < partitions; partition++) {
                wanted.add(ArchivedFile.name(topic, partition));
            }
        }
        Set<String> listed = new HashSet<>();
        files.forEach(archived -> listed.add(archived.name()));
        if (!listed.equals(wanted) || files.size() != wanted.size()) {
            throw new DamagedArchiveException(
                    file + " does not list one file for each of " + partitions + " partitions of " + TOPICS);
        }
    }

    /** What determines the stream. */
    StreamParts parts(String source) {
        return StreamParts.fromJson(stream.toString(), source);
    }

    /** Of all files. */
    long bytes() {
        return files.stream().mapToLong(ArchivedFile::bytes).sum();
    }

    /** Of the largest record's value. */
    int largestValue() {
        return files.stream().mapToInt(ArchivedFile::largestValue).max().orElse(0);
    }
}
