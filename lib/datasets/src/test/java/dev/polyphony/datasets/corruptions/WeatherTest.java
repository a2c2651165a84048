package dev.polyphony.datasets.corruptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeatherTest {

    private static final ImageShape GREY = new ImageShape(1, 28, 28);

    @ParameterizedTest
    @CsvSource({"1, 0.05", "2, 0.1", "3, 0.15", "4, 0.2", "5, 0.3"})
    void brightness_addsToGrey(int severity, double light) {
        Images lit = Corruption.BRIGHTNESS.apply(Samples.flat(GREY, 1, 100), severity, 1);

        assertThat(lit.pixels()).containsOnly((byte) Math.round(100 + 255 * light));
    }

    /** (200, 100, 50) has value 200; 30 % more white is 276.5, which is clipped to 255: each channel times 255 / 200. */
    @Test
    void brightness_keepsHueAndSaturation() {
        Images colour = colour(200, 100, 50);

        assertThat(firstPixel(Corruption.BRIGHTNESS.apply(colour, 5, 1))).containsExactly(255, 128, 64);
        assertThat(firstPixel(Corruption.BRIGHTNESS.apply(colour(0, 0, 0), 5, 1)))
                .containsExactly(77, 77, 77);
    }

    @Test
    void fog_keepsTheRange_andHidesBlackImagesNot() {
        Images foggy = Corruption.FOG.apply(Samples.flat(GREY, 20, 255), 5, 1);

        // (1 + 1.5 plasma) / 2.5: from 0.4 to 1, and both ends are met where the whole plasma is seen.
        for (int level = 0; level < 102; level++) {
            assertThat(Samples.share(foggy, level)).isZero();
        }
        assertThat(Samples.share(foggy, 255)).isPositive();
        assertThat(Corruption.FOG.apply(Samples.flat(GREY, 1, 0), 5, 1).pixels())
                .containsOnly(0);
    }

    @Test
    void plasma_fillsZeroToOne_andIsSmootherTheMoreItDecays() {
        assertThat(roughness(1.5)).isGreaterThan(1.5 * roughness(3));
        float[] plasma = Plasma.of(32, 2, random());
        float least = 1;
        float most = 0;
        for (float height : plasma) {
            least = Math.min(least, height);
            most = Math.max(most, height);
        }
        assertThat(least).isZero();
        assertThat(most).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void frost_isThePaneOverADarkerImage(int channels) {
        ImageShape shape = new ImageShape(channels, 28, 28);
        Images black = Corruption.FROST.apply(Samples.flat(shape, 200, 0), 5, 1);
        Images grey = Corruption.FROST.apply(Samples.flat(shape, 200, 120), 5, 1);

        assertThat(Samples.mean(grey) - Samples.mean(black)).isCloseTo(0.75 * 120, within(0.1));
        assertThat(Samples.mean(black)).isBetween(0.45 * 255 * 0.35, 0.45 * 255 * 0.65);
        assertThat(Samples.variance(black)).isGreaterThan(100);
    }

    @Test
    void frost_hasNoSeam() {
        assertThat(FrostTexture.at(3, FrostTexture.SIDE + 5)).isEqualTo(FrostTexture.at(3, 5));
        double across = 0;
        double everywhere = 0;
        for (int row = 0; row < FrostTexture.SIDE; row++) {
            across += Math.abs(FrostTexture.at(row, FrostTexture.SIDE - 1) - FrostTexture.at(row, FrostTexture.SIDE));
            for (int column = 0; column < FrostTexture.SIDE; column++) {
                everywhere += Math.abs(FrostTexture.at(row, column) - FrostTexture.at(row, column + 1));
            }
        }
        assertThat(across).isLessThan(2 * everywhere / FrostTexture.SIDE);
    }

    /** Without flakes white stays white, and black becomes (1 - 0.95) / 2. */
    @Test
    void snow_whitens_andFallsBothWays() {
        assertThat(Corruption.SNOW.apply(Samples.flat(GREY, 3, 255), 1, 1).pixels())
                .containsOnly((byte) 255);
        byte[] flakes = Corruption.SNOW.apply(Samples.flat(GREY, 1, 0), 1, 5).pixels();
        int least = 255;
        for (int i = 0; i < flakes.length; i++) {
            least = Math.min(least, flakes[i] & 0xFF);
            assertThat(flakes[i]).isEqualTo(flakes[flakes.length - 1 - i]);
        }
        assertThat(least).isEqualTo(Math.round(0.025f * 255));
    }

    private static double roughness(double decay) {
        float[] plasma = Plasma.of(64, decay, random());
        double sum = 0;
        for (int i = 1; i < plasma.length; i++) {
            sum += Math.abs(plasma[i] - plasma[i - 1]);
        }
        return sum;
    }

    private static UniformRandomProvider random() {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {1, 2});
    }

    private static Images colour(int red, int green, int blue) {
        ImageShape shape = new ImageShape(3, 8, 8);
        byte[] pixels = new byte[shape.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i < 64 ? red : i < 128 ? green : blue);
        }
        return new Images(shape, pixels, new int[1]);
    }

    private static int[] firstPixel(Images images) {
        byte[] pixels = images.pixels();
        return new int[] {pixels[0] & 0xFF, pixels[64] & 0xFF, pixels[128] & 0xFF};
    }
}
