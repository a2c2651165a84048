package dev.polyphony.datasets;

import static dev.polyphony.experiment.DatasetPart.Augmentation.CROP_FLIP;
import static dev.polyphony.experiment.DatasetPart.Augmentation.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AugmenterTest {

    private static final int PADDING = 4;

    @Test
    void none_isTheImagesInTheOrderAskedFor() {
        Images images = numbered(new ImageShape(1, 1, 2), 3);

        assertThat(Augmenter.draw(images, new int[] {2, 0, 2}, NONE, 1, 0)).containsExactly(5, 6, 1, 2, 5, 6);
    }

    @Property(tries = 200)
    void everyCrop_isAWindowOfThePaddedImage_mirroredOrNot(
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll long seed,
            @ForAll @IntRange(min = 0) int step) {
        Images images = numbered(new ImageShape(channels, height, width), 2);

        byte[] drawn = Augmenter.draw(images, new int[] {1, 0}, CROP_FLIP, seed, step);

        int size = images.shape().pixels();
        assertThat(windows(images, 1)).contains(key(Arrays.copyOfRange(drawn, 0, size)));
        assertThat(windows(images, 0)).contains(key(Arrays.copyOfRange(drawn, size, 2 * size)));
    }

    @Test
    void everyWindow_isDrawn_mirroredAndNot() {
        Images images = numbered(new ImageShape(1, 10, 10), 1);
        Set<String> drawn = new TreeSet<>();

        for (int step = 0; step < 40; step++) {
            byte[] batch = Augmenter.draw(images, new int[50], CROP_FLIP, 3, step);
            for (int i = 0; i < 50; i++) {
                drawn.add(key(Arrays.copyOfRange(batch, i * 100, i * 100 + 100)));
            }
        }

        assertThat(drawn).isEqualTo(windows(images, 0)).hasSize(2 * 9 * 9);
    }

    @Test
    void padding_isTheDataSets() {
        Images images = numbered(new ImageShape(1, 12, 12), 1);
        Dataset dataset = new Dataset(
                "d",
                images.shape(),
                1,
                List.of("a"),
                images,
                images,
                images,
                List.of(0f),
                List.of(1f),
                8,
                new TreeMap<>());
        int blackRows = 0;

        for (int step = 0; step < 200; step++) {
            byte[] drawn = Augmenter.draw(dataset, new int[1], CROP_FLIP, 3, step);
            int rows = 0;
            while (rows < 12 && allBlack(drawn, rows)) {
                rows++;
            }
            blackRows = Math.max(blackRows, rows);
        }

        assertThat(blackRows).isEqualTo(8);
    }

    @Test
    void mirroring_hasProbabilityOneHalf() {
        Images images = numbered(new ImageShape(1, 1, 60), 1);
        int mirrored = 0;

        for (int step = 0; step < 100; step++) {
            byte[] batch = Augmenter.draw(images, new int[900], CROP_FLIP, 5, step);
            for (int i = 0; i < 900; i++) {
                // Only crops of the single row itself show anything; its pixels ascend unless mirrored.
                if (batch[i * 60 + 30] != 0 && batch[i * 60 + 30] > batch[i * 60 + 31]) {
                    mirrored++;
                }
            }
        }

        // One of nine vertical offsets shows the row: 10,000 images expected, standard deviation of the half 71.
        assertThat(mirrored).isBetween(4_600, 5_400);
    }

    @Test
    void draw_isAFunctionOfItsArguments() {
        Images images = numbered(new ImageShape(3, 32, 32), 8);
        int[] indices = IntStream.range(0, 8).toArray();

        byte[] drawn = Augmenter.draw(images, indices, CROP_FLIP, 1, 5);

        assertThat(Augmenter.draw(images, indices, CROP_FLIP, 1, 5)).isEqualTo(drawn);
        assertThat(Augmenter.draw(images, indices, CROP_FLIP, 1, 6)).isNotEqualTo(drawn);
        assertThat(Augmenter.draw(images, indices, CROP_FLIP, 2, 5)).isNotEqualTo(drawn);
    }

    /** A change here changes every experiment's data: it needs a new major version. */
    @Test
    void draw_staysWhatItWas() {
        Images images = numbered(new ImageShape(3, 32, 32), 8);

        byte[] drawn = Augmenter.draw(images, IntStream.range(0, 8).toArray(), CROP_FLIP, 1, 5);

        assertThat(Checksum.SHA_256.of(drawn))
                .isEqualTo("c29f53ceceef13995288b644ba27cb7d43b510b5825826059911834d78f789bd");
    }

    @Test
    void images_areOnlyRead() {
        Images images = numbered(new ImageShape(1, 4, 4), 2);
        byte[] before = images.pixels().clone();

        Augmenter.draw(images, new int[] {0, 1}, CROP_FLIP, 1, 1);

        assertThat(images.pixels()).isEqualTo(before);
    }

    @Test
    void indexOfNoImage_isRefused() {
        Images images = numbered(new ImageShape(1, 4, 4), 2);

        assertThatThrownBy(() -> Augmenter.draw(images, new int[] {2}, NONE, 1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static boolean allBlack(byte[] image, int row) {
        return IntStream.range(0, 12).allMatch(column -> image[row * 12 + column] == 0);
    }

    /** Straight from the definition: pad with zeros, cut, mirror. */
    private static Set<String> windows(Images images, int image) {
        ImageShape shape = images.shape();
        Set<String> windows = new TreeSet<>();
        for (int top = 0; top <= 2 * PADDING; top++) {
            for (int left = 0; left <= 2 * PADDING; left++) {
                byte[] plain = new byte[shape.pixels()];
                byte[] mirrored = new byte[shape.pixels()];
                for (int i = 0; i < plain.length; i++) {
                    int x = i % shape.width();
                    int y = i / shape.width() % shape.height();
                    int c = i / shape.width() / shape.height();
                    plain[i] = padded(images, image, c, y + top, x + left);
                    mirrored[i] = padded(images, image, c, y + top, shape.width() - 1 - x + left);
                }
                windows.add(key(plain));
                windows.add(key(mirrored));
            }
        }
        return windows;
    }

    private static byte padded(Images images, int image, int channel, int y, int x) {
        ImageShape shape = images.shape();
        int row = y - PADDING;
        int column = x - PADDING;
        if (row < 0 || row >= shape.height() || column < 0 || column >= shape.width()) {
            return 0;
        }
        return images.pixels()[image * shape.pixels() + (channel * shape.height() + row) * shape.width() + column];
    }

    private static String key(byte[] pixels) {
        return Arrays.toString(pixels);
    }

    private static Images numbered(ImageShape shape, int count) {
        byte[] pixels = new byte[count * shape.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (1 + i % 255);
        }
        return new Images(shape, pixels, new int[count]);
    }
}
