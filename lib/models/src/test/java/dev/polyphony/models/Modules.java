package dev.polyphony.models;

import dev.polyphony.experiment.ImageInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules that make_modules.py has made. */
public final class Modules {

    /** What they are fed. */
    public static final ImageInput INPUT = new ImageInput(1, 28, 28, 10, List.of(0.2858f), List.of(0.353f));

    private Modules() {}

    /** Where a file is. */
    public static Path path(String name) {
        return Path.of("src/test/resources/torchscript", name);
    }

    /** The bytes of a file. */
    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
