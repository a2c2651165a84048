package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxReaderTest {

    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
    private static final byte[] PIXELS = {0, 1, 2, 3, 4, -1, 6, 7, 8, 9, 10, 11};

    @Test
    void imagesAndLabels_areRead() {
        Images images = read(images(0x803, 2, 2, 3, PIXELS), labels(0x801, 2, 3, 0));

        assertThat(images.pixels()).isEqualTo(PIXELS);
        assertThat(images.labels()).containsExactly(3, 0);
        assertThat(images.shape()).isEqualTo(SHAPE);
    }

    @Test
    void compressedFile_isReadLikeAPlainOne() throws IOException {
        byte[] plain = images(0x803, 2, 2, 3, PIXELS);

        assertThat(SourceFile.decompressed("a", gzip(plain), 1000).content()).isEqualTo(plain);
        assertThat(SourceFile.decompressed("a", plain, 1000).content()).isEqualTo(plain);
    }

    @Test
    void gzipBomb_isStopped() throws IOException {
        byte[] bomb = gzip(new byte[1 << 20]);

        assertThat(bomb.length).isLessThan(2000);
        assertThatThrownBy(() -> SourceFile.decompressed("bomb.gz", bomb, 1000))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("bomb.gz: more than 1000 bytes, no file of a known data set");
    }

    @Test
    void truncatedOrDamagedGzip_isRefused() throws IOException {
        byte[] good = gzip(PIXELS);
        assertThatThrownBy(() -> SourceFile.decompressed("a.gz", Arrays.copyOf(good, good.length - 9), 1000))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a.gz: truncated");
        byte[] damaged = good.clone();
        damaged[good.length - 8] ^= 1;
        assertThatThrownBy(() -> SourceFile.decompressed("a.gz", damaged, 1000))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a.gz: damaged gzip data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x801 | 2 | 2 | 3 | begins with 0x00000801; 0x00000803 would be right",
                "0x803 | 0 | 2 | 3 | the header says 0 images; from 1 to 1000000 are read",
                "0x803 | -1 | 2 | 3 | the header says 4294967295 images",
                "0x803 | 1000000000 | 2 | 3 | the header says 1000000000 images",
                "0x803 | 2 | 3 | 2 | images of 3 x 2 pixels; 2 x 3 would be right",
                "0x803 | 3 | 2 | 3 | truncated: the header says 18 bytes, there are 12",
                "0x803 | 1 | 2 | 3 | there are bytes after the end: the header says 6 bytes, there are 12"
            })
    void wrongHeader_isRefused(String magic, int count, int rows, int columns, String message) {
        assertThatThrownBy(
                        () -> read(images(Integer.decode(magic), count, rows, columns, PIXELS), labels(0x801, 2, 3, 0)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("images: ")
                .hasMessageContaining(message);
    }

    @Test
    void wrongLabels_areRefusedWithTheirPlace() {
        byte[] images = images(0x803, 2, 2, 3, PIXELS);

        assertThatThrownBy(() -> read(images, labels(0x801, 2, 3, 4)))
                .hasMessage("labels: label 4 of image 1 (from 0 on) names no class; labels are from 0 to 3");
        assertThatThrownBy(() -> read(images, labels(0x801, 2, 200, 0))).hasMessageContaining("label 200 of image 0");
        assertThatThrownBy(() -> read(images, labels(0x801, 3, 3, 0, 1)))
                .hasMessage("labels: 3 labels, but images has 2 images");
        assertThatThrownBy(() -> read(images, labels(0x801, 5, 3, 0))).hasMessageContaining("labels: truncated");
    }

    @Test
    void everyTruncation_isRefused() {
        byte[] images = images(0x803, 2, 2, 3, PIXELS);
        byte[] labels = labels(0x801, 2, 3, 0);

        for (int length = 0; length < images.length; length++) {
            byte[] part = Arrays.copyOf(images, length);
            assertThatThrownBy(() -> read(part, labels)).isInstanceOf(InvalidDataException.class);
        }
        for (int length = 0; length < labels.length; length++) {
            byte[] part = Arrays.copyOf(labels, length);
            assertThatThrownBy(() -> read(images, part)).isInstanceOf(InvalidDataException.class);
        }
    }

    private static Images read(byte[] images, byte[] labels) {
        return IdxReader.read(new SourceFile("images", images), new SourceFile("labels", labels), SHAPE, 4);
    }

    private static byte[] images(int magic, int count, int rows, int columns, byte[] pixels) {
        return ByteBuffer.allocate(16 + pixels.length)
                .putInt(magic)
                .putInt(count)
                .putInt(rows)
                .putInt(columns)
                .put(pixels)
                .array();
    }

    private static byte[] labels(int magic, int count, int... labels) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(magic).putInt(count);
        for (int label : labels) {
            bytes.put((byte) label);
        }
        return bytes.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
