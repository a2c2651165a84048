package dev.polyphony.launcher.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredStreamTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void streams_areFoundByTheirPartitions() throws Exception {
        write("polyphony.abc.minibatches-0/00000000.log", 10);
        write("polyphony.abc.minibatches-0/00000000.index", 1000);
        write("polyphony.abc.minibatches-1/00000000.log", 20);
        write("polyphony.abc.logits-0/00000000.log", 5);
        write("polyphony.abc.minibatches.dlt-0/00000000.log", 7);
        write("polyphony.abd.logits-11/00000000.log", 3);
        write("polyphony.checkpoints-0/00000000.log", 7);
        write("__consumer_offsets-0/00000000.log", 7);

        assertThat(StoredStream.in(directory)).containsExactly(new StoredStream("abc", 35), new StoredStream("abd", 3));
    }

    @Test
    void directoryThatDoesNotExist_hasNone() {
        assertThat(StoredStream.in(directory.resolve("none"))).isEmpty();
    }

    private void write(String file, int bytes) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[bytes]);
    }
}
