package dev.polyphony.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Wrote the golden files of version 1: run {@code main} in lib/wire. Never run it again for files that exist, or they
 * would prove nothing: it refuses.
 */
final class GoldenFileWriter {

    private GoldenFileWriter() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of("src/test/resources/golden/v1");
        Files.createDirectories(directory);
        for (Samples.Sample sample : Samples.all()) {
            Path file = directory.resolve(sample.name() + ".bin");
            if (!Files.exists(file)) {
                Files.write(file, sample.encode().get());
            }
        }
    }
}
