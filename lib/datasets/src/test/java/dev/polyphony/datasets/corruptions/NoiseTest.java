package dev.polyphony.datasets.corruptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTest {

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int COUNT = 60;

    /** Rounding to levels adds the variance of a uniform distribution, 1/12. */
    private static final double ROUNDING = 1.0 / 12;

    @ParameterizedTest
    @CsvSource({"1, 0.04", "2, 0.06", "3, 0.08", "4, 0.09", "5, 0.10"})
    void gaussian_hasNoMean_andThePublishedDeviation(int severity, double deviation) {
        Images noisy = Corruption.GAUSSIAN_NOISE.apply(Samples.flat(SHAPE, COUNT, 128), severity, 1);

        double levels = 255 * deviation;
        assertThat(Samples.mean(noisy)).isCloseTo(128, within(0.3));
        assertThat(Samples.variance(noisy) - ROUNDING).isCloseTo(levels * levels, within(0.02 * levels * levels));
    }

    @ParameterizedTest
    @CsvSource({"1, 500, 128", "2, 250, 128", "3, 100, 128", "4, 75, 60", "5, 50, 60"})
    void shot_hasTheVarianceOfItsPhotons(int severity, int photons, int level) {
        Images noisy = Corruption.SHOT_NOISE.apply(Samples.flat(SHAPE, COUNT, level), severity, 1);

        double expected = 255.0 * level / photons;
        assertThat(Samples.mean(noisy)).isCloseTo(level, within(0.3));
        assertThat(Samples.variance(noisy)).isCloseTo(expected, within(0.03 * expected));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.01", "2, 0.02", "3, 0.03", "4, 0.05", "5, 0.07"})
    void impulse_isSaltAndPepperOnAShareOfTheValues(int severity, double amount) {
        Images noisy = Corruption.IMPULSE_NOISE.apply(Samples.flat(SHAPE, COUNT, 100), severity, 1);

        assertThat(Samples.share(noisy, 255)).isCloseTo(amount / 2, within(0.06 * amount));
        assertThat(Samples.share(noisy, 0)).isCloseTo(amount / 2, within(0.06 * amount));
        assertThat(Samples.share(noisy, 100)).isCloseTo(1 - amount, within(0.06 * amount));
    }
}
