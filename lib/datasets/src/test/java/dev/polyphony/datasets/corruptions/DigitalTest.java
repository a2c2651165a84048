package dev.polyphony.datasets.corruptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitalTest {

    private static final ImageShape COLOUR = new ImageShape(3, 32, 32);

    @ParameterizedTest
    @CsvSource({"1, 0.75", "2, 0.5", "3, 0.4", "4, 0.3", "5, 0.15"})
    void contrast_drawsEachChannelToItsMean(int severity, double contrast) {
        ImageShape shape = new ImageShape(3, 8, 8);
        byte[] pixels = new byte[shape.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            int mean = 80 + 40 * (i / 64);
            pixels[i] = (byte) (i % 2 == 0 ? mean + 60 : mean - 60);
        }
        byte[] drawn = Corruption.CONTRAST
                .apply(new Images(shape, pixels, new int[1]), severity, 1)
                .pixels();

        for (int i = 0; i < pixels.length; i++) {
            int mean = 80 + 40 * (i / 64);
            assertThat((double) (drawn[i] & 0xFF)).isCloseTo(mean + (i % 2 == 0 ? 60 : -60) * contrast, within(0.51));
        }
        Images flat = Samples.flat(shape, 1, 33);
        assertThat(Corruption.CONTRAST.apply(flat, severity, 1).pixels()).isEqualTo(flat.pixels());
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 28", "3, 27", "4, 24", "5, 20"})
    void pixelate_leavesAsManyRowsAndColumnsAsPublished(int severity, int boxes) {
        byte[] slope = new byte[32 * 32];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (byte) (4 * (i / 32) + 3 * (i % 32));
        }
        Images images = new Images(new ImageShape(1, 32, 32), slope, new int[1]);
        byte[] pixels = Corruption.PIXELATE.apply(images, severity, 1).pixels();

        Set<String> rows = new HashSet<>();
        Set<String> columns = new HashSet<>();
        for (int line = 0; line < 32; line++) {
            StringBuilder row = new StringBuilder();
            StringBuilder column = new StringBuilder();
            for (int i = 0; i < 32; i++) {
                row.append(pixels[line * 32 + i]).append(' ');
                column.append(pixels[i * 32 + line]).append(' ');
            }
            rows.add(row.toString());
            columns.add(column.toString());
        }
        assertThat(rows).hasSize(boxes);
        assertThat(columns).hasSize(boxes);
    }

    /** 8 pixels in int(0.65 * 8) = 5 boxes of 1.6: their middles fall into 2, 1, 2, 1 and 2. */
    @Test
    void pixelate_isTheMeanOfTheBox() {
        ImageShape shape = new ImageShape(1, 8, 8);
        byte[] slope = new byte[64];
        for (int i = 0; i < 64; i++) {
            slope[i] = (byte) (20 * (i % 8));
        }
        byte[] pixels = Corruption.PIXELATE
                .apply(new Images(shape, slope, new int[1]), 5, 1)
                .pixels();

        int[] row = new int[8];
        for (int i = 0; i < 8; i++) {
            row[i] = pixels[i] & 0xFF;
        }
        assertThat(row).containsExactly(10, 10, 40, 70, 70, 100, 130, 130);
    }

    /** The first severity has an affine map alone, whose points move by at most 0.08 of the side. */
    @Test
    void elastic_movesPointsNoFurtherThanPublished() {
        ImageShape shape = new ImageShape(1, 100, 100);
        byte[] slope = new byte[10_000];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (byte) (2 * (i % 100));
        }
        Images images = new Images(shape, slope, new int[1]);
        for (int seed = 0; seed < 20; seed++) {
            byte[] moved = Corruption.ELASTIC_TRANSFORM.apply(images, 1, seed).pixels();
            for (int column = 40; column < 60; column++) {
                int shift = (moved[50 * 100 + column] & 0xFF) - 2 * column;
                assertThat(Math.abs(shift)).isLessThanOrEqualTo(2 * 24);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void jpeg_ofAFlatGrey_isWithinOneStepOfTheQuantiser(int channels) {
        Images flat = Samples.flat(new ImageShape(channels, 32, 32), 1, 100);

        assertThat(Samples.difference(flat, Corruption.JPEG_COMPRESSION.apply(flat, 5, 1)))
                .isLessThan(1.5);
    }

    @Test
    void jpeg_keepsChannelsApart() {
        byte[] pixels = new byte[COLOUR.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (220 - 90 * (i / 1024));
        }
        Images images = new Images(COLOUR, pixels, new int[1]);

        assertThat(Samples.difference(images, Corruption.JPEG_COMPRESSION.apply(images, 1, 1)))
                .isLessThan(4);
    }
}
