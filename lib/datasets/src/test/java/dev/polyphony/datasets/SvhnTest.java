package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvhnTest {

    private static final byte[] TRAIN =
            MatFiles.compressed(SvhnReaderTest.images(3), SvhnReaderTest.labels((byte) 1, (byte) 10, (byte) 9));
    private static final byte[] TEST =
            MatFiles.compressed(SvhnReaderTest.images(2), SvhnReaderTest.labels((byte) 2, (byte) 3));

    private final Path parent;
    private final Download download = new Download(DownloadProgress.NONE);

    SvhnTest(@TempDir Path parent) {
        this.parent = parent;
    }

    @Test
    void lastTrainingImages_areTheValidationSplit() throws IOException {
        put();

        Dataset dataset = small(TEST).open(parent, download);

        assertThat(dataset.train().labels()).containsExactly(1, 0);
        assertThat(dataset.validation().labels()).containsExactly(9);
        assertThat(dataset.test().labels()).containsExactly(2, 3);
        assertThat(dataset.classNames()).hasSize(10).startsWith("0", "1");
        assertThat(dataset.cropPadding()).isEqualTo(4);
        assertThat(dataset.checksums()).containsEntry("train.mat", Checksum.SHA_256.of(TRAIN));
    }

    @Test
    void fileWithAnotherChecksum_isNotRead() throws IOException {
        put();

        assertThatThrownBy(() -> small(TRAIN).test(parent, download))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("test.mat: its MD5 is " + Checksum.MD5.of(TEST) + "; right is test.mat from ");
    }

    @Test
    void missingFile_isAnsweredWithWhatToPutWhere() {
        assertThatThrownBy(() -> small(TEST).test(parent, download))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("test.mat cannot be downloaded (")
                .hasMessageContaining(
                        "Fetch by hand and put into " + parent.resolve("svhn").toAbsolutePath());
        assertThat(Svhn.PUBLISHED.testFile().toString())
                .isEqualTo("test_32x32.mat from http://ufldl.stanford.edu/housenumbers/test_32x32.mat"
                        + " (MD5 eb5a983be6a315427106f1b164d9cef3)");
    }

    private void put() throws IOException {
        Path directory = Files.createDirectory(parent.resolve("svhn"));
        Files.write(directory.resolve("train.mat"), TRAIN);
        Files.write(directory.resolve("test.mat"), TEST);
    }

    private static Svhn small(byte[] test) {
        return new Svhn(1, file("train.mat", TRAIN), file("test.mat", test));
    }

    private static PublishedFile file(String name, byte[] content) {
        return new PublishedFile(
                name, URI.create("http://127.0.0.1:9/" + name), Checksum.MD5, Checksum.MD5.of(content));
    }
}
