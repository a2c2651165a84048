package dev.polyphony.launcher.place;

import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.models.format.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The launcher that others may attach to.
 *
 * @param pid its process
 * @param bootstrapServers the broker that it has, or uses
 */
record Owner(long pid, String bootstrapServers) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Says that this process may be attached to. */
    static void announce(WorkDirectory work, String bootstrapServers) {
        Owner self = new Owner(ProcessHandle.current().pid(), bootstrapServers);
        AtomicFile.write(work.owner(), (JSON.writeValueAsString(self) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Who may be attached to, if anyone said so. */
    static Optional<Owner> find(WorkDirectory work) {
        try {
            return Optional.of(JSON.readValue(Files.readString(work.owner()), Owner.class));
        } catch (NoSuchFileException | JacksonException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + work.owner(), e);
        }
    }

    /** Nobody may be attached to from now on. */
    static void forget(WorkDirectory work) {
        try {
            Files.deleteIfExists(work.owner());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + work.owner(), e);
        }
    }
}
