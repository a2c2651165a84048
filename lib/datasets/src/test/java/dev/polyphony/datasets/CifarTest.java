package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {

    private static final byte[] FIRST =
            CifarReaderTest.records("", 1, 0, 1, 2, 3, 4).content();
    private static final byte[] SECOND =
            CifarReaderTest.records("", 1, 4, 3, 2, 1, 0).content();
    private static final byte[] TEST = CifarReaderTest.records("", 1, 1, 2).content();
    private static final Map<String, byte[]> FILES =
            Map.of("small-bin/one.bin", FIRST, "small-bin/two.bin", SECOND, "small-bin/test.bin", TEST);

    private final Path parent;

    CifarTest(@TempDir Path parent) {
        this.parent = parent;
    }

    @Test
    void lastTenthOfTheTrainingImages_isTheValidationSplit() throws IOException {
        Path files = Files.createDirectory(parent.resolve("small-bin"));
        Files.write(files.resolve("one.bin"), FIRST);
        Files.write(files.resolve("two.bin"), SECOND);
        Files.write(files.resolve("test.bin"), TEST);

        Dataset dataset = small("").open(parent, new Download(DownloadProgress.NONE));

        assertThat(dataset.train().labels()).containsExactly(0, 1, 2, 3, 4, 4, 3, 2, 1);
        assertThat(dataset.validation().labels()).containsExactly(0);
        assertThat(dataset.test().labels()).containsExactly(1, 2);
        assertThat(dataset.checksums()).containsOnlyKeys("one.bin", "two.bin", "test.bin");
        assertThat(dataset.checksums()).containsEntry("two.bin", Checksum.SHA_256.of(SECOND));
    }

    @Test
    void archiveInTheDirectory_isUnpackedOnceItsChecksumIsRight() throws IOException {
        Path archive = parent.resolve("small.tar.gz");
        TarArchiveTest.write(archive, FILES);
        String digest = Checksum.MD5.of(Files.readAllBytes(archive));

        assertThatThrownBy(() -> small("0123").open(parent, new Download(DownloadProgress.NONE)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("small.tar.gz: its MD5 is " + digest + "; right is small.tar.gz from ");
        assertThat(small(digest)
                        .open(parent, new Download(DownloadProgress.NONE))
                        .train()
                        .count())
                .isEqualTo(9);
    }

    @Test
    void missingFile_isNamed() throws IOException {
        Files.createDirectory(parent.resolve("small-bin"));

        assertThatThrownBy(() -> small("").open(parent, new Download(DownloadProgress.NONE)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("one.bin: there is no such file; it is part of small.tar.gz from ");
    }

    @Test
    void publishedSets_areDescribedAsPublished() {
        assertThat(Cifar.CIFAR_10.classNames())
                .hasSize(10)
                .startsWith("airplane", "automobile")
                .endsWith("truck");
        assertThat(Cifar.CIFAR_100.classNames()).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(Cifar.CIFAR_10.trainFiles()).hasSize(5);
        assertThat(Cifar.CIFAR_10.archive().toString())
                .isEqualTo("cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
                        + " (MD5 c32a1d4ab5d03f1284b67883e8d87530)");
        assertThat(Cifar.CIFAR_100.archive().digest()).isEqualTo("03b5dce01913d631647c71ecec9e9cb8");
    }

    /** A data set of five images a file, in CIFAR-10's format. */
    private static Cifar small(String digest) {
        return new Cifar(
                "small",
                "small-bin",
                List.of("one.bin", "two.bin"),
                "test.bin",
                new CifarReader(1, 5, 5),
                new CifarReader(1, 5, 2),
                List.of("a", "b", "c", "d", "e"),
                List.of(0.5f, 0.5f, 0.5f),
                List.of(0.25f, 0.25f, 0.25f),
                new PublishedFile("small.tar.gz", URI.create("http://127.0.0.1:9/small.tar.gz"), Checksum.MD5, digest));
    }
}
