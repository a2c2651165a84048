package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {

    private static final Path DEBIAN = FashionMnist.DEBIAN_DIRECTORY;

    private final Path directory;

    FashionMnistTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void bundledSubset_hasEquallyManyImagesOfEachClass() {
        Dataset small = FashionMnist.small();

        assertThat(perClass(small.train())).containsOnly(600).hasSize(10);
        assertThat(perClass(small.validation())).containsOnly(100).hasSize(10);
        assertThat(perClass(small.test())).containsOnly(200).hasSize(10);
        assertThat(small.shape()).isEqualTo(new ImageShape(1, 28, 28));
    }

    @Test
    void bundledSubset_staysWhatItWas() {
        assertThat(FashionMnist.small().checksums())
                .hasSize(6)
                .containsEntry(
                        "train-images-idx3-ubyte", "cf313073c7eb485392848071d5c433571d7166043e971e3345b095cc30518084")
                .containsEntry(
                        "test-labels-idx1-ubyte", "234596aeb6eb48133ec99a62541f90bc0728c9559a681f1e0638037462458f2c");
    }

    @Test
    void checksum_isOfTheContentHoweverItIsCompressed() throws IOException {
        SortedMap<String, String> bundled = new TreeMap<>();
        SourceFile file = SourceFile.ofResource(FashionMnist.SMALL_NAME, "test-labels-idx1-ubyte.gz", bundled);
        Path plain = Files.write(directory.resolve("test-labels-idx1-ubyte"), file.content());
        SortedMap<String, String> checksums = new TreeMap<>();

        SourceFile.of(plain, checksums);

        assertThat(checksums).isEqualTo(bundled).containsOnlyKeys("test-labels-idx1-ubyte");
    }

    @Test
    void missingFiles_areThoseInNoDirectory_compressedOrNot() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.createFile(directory.resolve("train-labels-idx1-ubyte"));
        Files.createFile(other.resolve("t10k-labels-idx1-ubyte.gz"));

        assertThat(FashionMnist.missing(List.of(directory, other)))
                .extracting(PublishedFile::toString)
                .containsExactly(
                        "train-images-idx3-ubyte.gz from https://github.com/zalandoresearch/fashion-mnist/raw/master/"
                                + "data/fashion/train-images-idx3-ubyte.gz"
                                + " (SHA-256 3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84)",
                        "t10k-images-idx3-ubyte.gz from https://github.com/zalandoresearch/fashion-mnist/raw/master/"
                                + "data/fashion/t10k-images-idx3-ubyte.gz"
                                + " (SHA-256 346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073)");
    }

    @Test
    void bundledSubset_isBytesOfTheWholeSet() {
        assumeDebian();
        Images training = FashionMnistSubset.read(DEBIAN, "train");
        Dataset small = FashionMnist.small();

        assertSame(small.train(), FashionMnistSubset.train(training));
        assertSame(small.validation(), FashionMnistSubset.validation(training));
        assertSame(small.test(), FashionMnistSubset.test(FashionMnistSubset.read(DEBIAN, "t10k")));
    }

    @Test
    void subsetProgram_writesTheBundledFiles() throws IOException {
        assumeDebian();

        FashionMnistSubset.main(new String[] {DEBIAN.toString(), directory.toString()});

        for (String file :
                List.of("train-images-idx3-ubyte", "validation-labels-idx1-ubyte", "test-images-idx3-ubyte")) {
            byte[] written = Files.readAllBytes(directory.resolve(file + ".gz"));
            assertThat(Checksum.SHA_256.of(
                            SourceFile.decompressed(file, written, 10_000_000).content()))
                    .isEqualTo(FashionMnist.small().checksums().get(file));
        }
    }

    @Test
    void wholeSet_isSplitInFileOrder_andHasTheConstantsOfItsTrainingSplit() {
        assumeDebian();

        Dataset whole = FashionMnist.whole(List.of(directory, DEBIAN), new Download(DownloadProgress.NONE));

        assertThat(whole.train().count()).isEqualTo(55_000);
        assertThat(whole.validation().count()).isEqualTo(5_000);
        assertThat(whole.test().count()).isEqualTo(10_000);
        Images training = FashionMnistSubset.read(DEBIAN, "train");
        assertSame(whole.validation(), training.range(55_000, 60_000));
        double sum = 0;
        double squares = 0;
        for (byte pixel : whole.train().pixels()) {
            double value = Byte.toUnsignedInt(pixel) / 255.0;
            sum += value;
            squares += value * value;
        }
        double mean = sum / whole.train().pixels().length;
        double deviation = Math.sqrt(squares / whole.train().pixels().length - mean * mean);
        assertThat(whole.mean().get(0)).isCloseTo((float) mean, within(5e-5f));
        assertThat(whole.std().get(0)).isCloseTo((float) deviation, within(5e-5f));
    }

    @Test
    void paddedSet_isTheWholeOneInTheMiddleOfABlackSquare() {
        assumeDebian();
        List<Path> directories = List.of(directory, DEBIAN);
        Download download = new Download(DownloadProgress.NONE);

        Dataset padded = FashionMnist.padded(directories, download);

        Dataset whole = FashionMnist.whole(directories, download);
        assertThat(padded.shape()).isEqualTo(new ImageShape(1, 32, 32));
        assertThat(padded.train().count()).isEqualTo(55_000);
        assertThat(padded.mean()).isEqualTo(whole.mean());
        assertThat(padded.checksums()).isEqualTo(whole.checksums());
        byte[] image = new byte[32 * 32];
        padded.test().copy(9_999, image, 0);
        byte[] original = new byte[28 * 28];
        whole.test().copy(9_999, original, 0);
        for (int row = 0; row < 32; row++) {
            for (int column = 0; column < 32; column++) {
                boolean inside = row >= 2 && row < 30 && column >= 2 && column < 30;
                assertThat(image[row * 32 + column]).isEqualTo(inside ? original[(row - 2) * 28 + column - 2] : 0);
            }
        }
    }

    private static void assumeDebian() {
        assumeTrue(
                Files.isDirectory(DEBIAN),
                "Fashion-MNIST is not installed at " + DEBIAN + " (Debian: apt-get install dataset-fashion-mnist)");
    }

    private static void assertSame(Images actual, Images expected) {
        assertThat(actual.labels()).isEqualTo(expected.labels());
        assertThat(Arrays.equals(actual.pixels(), expected.pixels()))
                .as("same pixels")
                .isTrue();
    }

    private static int[] perClass(Images images) {
        int[] counts = new int[10];
        for (int label : images.labels()) {
            counts[label]++;
        }
        return counts;
    }
}
