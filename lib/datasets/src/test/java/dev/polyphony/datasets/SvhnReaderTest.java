package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

class SvhnReaderTest {

    private static final int COUNT = 3;
    private static final byte[] LABELS = {1, 10, 9};

    private final Path file;

    SvhnReaderTest(@TempDir Path directory) {
        file = directory.resolve("digits.mat");
    }

    @Test
    void columnsBecomeRows_andTenBecomesZero() throws IOException {
        Images images = read(MatFiles.compressed(images(COUNT), labels(LABELS)));

        assertThat(images.labels()).containsExactly(1, 0, 9);
        assertThat(images.shape()).isEqualTo(new ImageShape(3, 32, 32));
        byte[] pixels = images.pixels();
        for (int image = 0; image < COUNT; image++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int row = 0; row < 32; row++) {
                    for (int column = 0; column < 32; column++) {
                        assertThat(pixels[((image * 3 + channel) * 32 + row) * 32 + column])
                                .isEqualTo(pixel(row, column, channel, image));
                    }
                }
            }
        }
    }

    @Test
    void uncompressedFile_andLabelsAsDoubles_areReadAlike() throws IOException {
        Matrix digits = Mat5.newMatrix(COUNT, 1, MatlabType.Double);
        Matrix pixels = Mat5.newMatrix(new int[] {32, 32, 3, COUNT}, MatlabType.UInt8);
        for (int i = 0; i < COUNT; i++) {
            digits.setDouble(i, LABELS[i]);
            pixels.setByte(i * 3072 + 1, (byte) 200);
        }
        Mat5.writeToFile(
                Mat5.newMatFile()
                        .addArray("other", Mat5.newString("text"))
                        .addArray("y", digits)
                        .addArray("X", pixels),
                file.toFile());

        Images images = SvhnReader.read(file);

        assertThat(images.labels()).containsExactly(1, 0, 9);
        assertThat(images.pixels()[3072 + 32]).isEqualTo((byte) 200);
        assertThat(read(MatFiles.plain(images(COUNT), labels(LABELS))).labels()).containsExactly(1, 0, 9);
    }

    @Test
    void labelOfNoDigit_isRefused() {
        refused(MatFiles.compressed(images(COUNT), labels((byte) 1, (byte) 11, (byte) 1)))
                .hasMessage(file + ": label 11.0 of image 1 (from 0 on) names no digit;"
                        + " labels are from 1 to 10, which means 0");
        refused(MatFiles.compressed(images(COUNT), labels((byte) 1, (byte) 1, (byte) 0)))
                .hasMessageContaining("label 0.0 of image 2");
    }

    @Test
    void otherCountsSizesAndTypes_areRefused() {
        refused(MatFiles.compressed(images(COUNT), labels((byte) 1)))
                .hasMessage(file + ": 1 labels in y, but 3 images in X");
        refused(MatFiles.compressed(MatFiles.bytes("X", new byte[32 * 32 * 3], 32, 32, 3), labels((byte) 1)))
                .hasMessageContaining("X is of type uint8 and size [32, 32, 3]; right is X of uint8 [32, 32, 3, N]");
        refused(MatFiles.compressed(MatFiles.bytes("X", new byte[3072], 3, 32, 32, 1), labels((byte) 1)))
                .hasMessageContaining("size [3, 32, 32, 1]; right is");
        byte[] doubles = MatFiles.element(9, new byte[8 * 3072]);
        refused(MatFiles.compressed(
                        MatFiles.array(MatFiles.DOUBLE_CLASS, "X", doubles, 32, 32, 3, 1), labels((byte) 1)))
                .hasMessageContaining("X is of type double");
        refused(MatFiles.compressed(MatFiles.bytes("X", new byte[3000], 32, 32, 3, 1), labels((byte) 1)))
                .hasMessageContaining("cannot be read as a MATLAB 5 file with X and y");
    }

    @Test
    void missingOrRepeatedArray_isRefused() {
        refused(MatFiles.compressed(images(COUNT)))
                .hasMessage(file + ": holds the arrays [X] (a truncated file lacks the last ones);"
                        + " X and y are needed");
        refused(MatFiles.compressed(labels(LABELS), labels(LABELS), images(COUNT)))
                .hasMessageContaining("holds two arrays y");
    }

    @Test
    void truncatedOrDamagedFile_isOneMessage() throws IOException {
        byte[] random = new byte[3072 * COUNT];
        new Random(1).nextBytes(random);
        byte[] whole = MatFiles.compressed(MatFiles.bytes("X", random, 32, 32, 3, COUNT), labels(LABELS));
        for (int length = 0; length < whole.length; length += 97) {
            refused(Arrays.copyOf(whole, length));
        }
        byte[] damaged = whole.clone();
        damaged[150] ^= 0x55;
        refused(damaged).hasMessageContaining("cannot be read as a MATLAB 5 file");
        refused("no MATLAB file at all, but long enough for a header of 128 bytes"
                .repeat(4)
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Each of these promises up to 2 GB, twice the memory of the tests. */
    @Test
    void promisesThatTheFileCannotKeep_reserveNothing() {
        byte[] promised = MatFiles.promised(2_000_000_000);
        refused(MatFiles.plain(MatFiles.array(MatFiles.UINT8_CLASS, "X", promised, 32, 32, 3, 90_000), labels(LABELS)))
                .hasMessageContaining("X says it has 2000000000 bytes; a file of this size cannot hold more than");
        refused(MatFiles.compressed(MatFiles.namedByLength(2_000_000_000), labels(LABELS)))
                .hasMessageContaining("the description of an array says it has 2000000000 bytes");
        refused(MatFiles.compressed(MatFiles.namedByLength(-8), labels(LABELS)))
                .hasMessageContaining("the description of an array says it has -8 bytes");
        refused(MatFiles.compressed(MatFiles.bytes("X", new byte[0], 32, 32, 3, 600_000), labels(LABELS)))
                .hasMessageContaining("with N from 1 to 100000");
        refused(MatFiles.compressed(
                        MatFiles.array(MatFiles.CELL_CLASS, "X", new byte[0], 30_000, 60_000), labels(LABELS)))
                .hasMessageContaining("X is of type cell");
    }

    private Images read(byte[] content) throws IOException {
        Files.write(file, content);
        return SvhnReader.read(file);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] content) {
        return assertThatThrownBy(() -> read(content)).isInstanceOf(InvalidDataException.class);
    }

    /** X [32, 32, 3, N], the first index fastest. */
    static byte[] images(int count) {
        byte[] values = new byte[count * 3072];
        int position = 0;
        for (int image = 0; image < count; image++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int column = 0; column < 32; column++) {
                    for (int row = 0; row < 32; row++) {
                        values[position++] = pixel(row, column, channel, image);
                    }
                }
            }
        }
        return MatFiles.bytes("X", values, 32, 32, 3, count);
    }

    static byte[] labels(byte... digits) {
        return MatFiles.bytes("y", digits, digits.length, 1);
    }

    private static byte pixel(int row, int column, int channel, int image) {
        return (byte) (row * 7 + column * 31 + channel * 101 + image * 3);
    }
}
