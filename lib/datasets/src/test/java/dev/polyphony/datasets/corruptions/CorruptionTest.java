package dev.polyphony.datasets.corruptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionTest {

    private static final ImageShape GREY = new ImageShape(1, 28, 28);
    private static final ImageShape COLOUR = new ImageShape(3, 32, 32);

    @Test
    void names_areThoseOfThePublishedFiles() {
        assertThat(Arrays.stream(Corruption.values()).map(Corruption::publishedName))
                .containsExactly(
                        "gaussian_noise",
                        "shot_noise",
                        "impulse_noise",
                        "defocus_blur",
                        "glass_blur",
                        "motion_blur",
                        "zoom_blur",
                        "snow",
                        "frost",
                        "fog",
                        "brightness",
                        "contrast",
                        "elastic_transform",
                        "pixelate",
                        "jpeg_compression");
        assertThat(Corruption.named("glass_blur")).isEqualTo(Corruption.GLASS_BLUR);
    }

    @Test
    void unknownName_isRefused_withAllThereAre() {
        assertThatThrownBy(() -> Corruption.named("rain"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no corruption \"rain\"; there are gaussian_noise, shot_noise")
                .hasMessageEndingWith("jpeg_compression");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, -1})
    void severity_outsideOfOneToFive_isRefused(int severity) {
        assertThatThrownBy(() -> Corruption.FOG.apply(Samples.flat(GREY, 1, 5), severity, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the severity of fog is from 1 to 5, not " + severity);
    }

    @ParameterizedTest
    @CsvSource({"2, 28, 28", "4, 28, 28", "1, 7, 28", "3, 28, 7"})
    void shape_thatNoCorruptionIsMadeFor_isRefused(int channels, int height, int width) {
        Images images = Samples.flat(new ImageShape(channels, height, width), 1, 5);

        assertThatThrownBy(() -> Corruption.SNOW.apply(images, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snow takes images of 1 or 3 channels and at least 8 x 8 pixels, not " + channels + " x "
                        + height + " x " + width);
    }

    @ParameterizedTest
    @EnumSource
    void everySeverity_ofEveryShape_changesImages_butNotTheirLabels(Corruption corruption) {
        for (ImageShape shape : new ImageShape[] {
            new ImageShape(1, 8, 8),
            new ImageShape(3, 8, 8),
            new ImageShape(3, 9, 21),
            new ImageShape(1, 64, 40),
            COLOUR
        }) {
            Images clean = Samples.drawn(shape, 4);
            byte[] before = clean.pixels().clone();
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                Images corrupted = corruption.apply(clean, severity, 3);

                assertThat(corrupted.shape()).isEqualTo(shape);
                assertThat(corrupted.labels()).containsExactly(0, 1, 2, 3);
                boolean tooSmallToZoom = corruption == Corruption.ZOOM_BLUR && shape.height() < 10;
                assertThat(Samples.difference(clean, corrupted)).isGreaterThan(tooSmallToZoom ? -1 : 0.05);
            }
            assertThat(clean.pixels()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void blackAndWhite_doNotOverflow(Corruption corruption) {
        for (int level : new int[] {0, 255}) {
            Images clean = Samples.flat(COLOUR, 8, level);
            Images corrupted = corruption.apply(clean, 1, 3);

            assertThat(Samples.difference(clean, corrupted)).isLessThan(60);
        }
    }

    @ParameterizedTest
    @EnumSource
    void result_ofAnImage_doesNotDependOnTheOthers(Corruption corruption) {
        Images clean = Samples.drawn(GREY, 5);
        byte[] other = clean.pixels().clone();
        Arrays.fill(other, 0, 3 * GREY.pixels(), (byte) 200);
        Arrays.fill(other, 4 * GREY.pixels(), 5 * GREY.pixels(), (byte) 7);

        byte[] among = corruption.apply(clean, 5, 9).pixels();
        byte[] amongOthers =
                corruption.apply(new Images(GREY, other, clean.labels()), 5, 9).pixels();

        assertThat(Arrays.copyOfRange(amongOthers, 3 * GREY.pixels(), 4 * GREY.pixels()))
                .isEqualTo(Arrays.copyOfRange(among, 3 * GREY.pixels(), 4 * GREY.pixels()));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DEFOCUS_BLUR", "ZOOM_BLUR", "BRIGHTNESS", "CONTRAST", "PIXELATE", "JPEG_COMPRESSION"})
    void chance_dependsOnSeedAndImage(Corruption corruption) {
        Images one = Samples.drawn(GREY, 1);
        byte[] twice = Arrays.copyOf(one.pixels(), 2 * GREY.pixels());
        System.arraycopy(one.pixels(), 0, twice, GREY.pixels(), GREY.pixels());

        byte[] seven =
                corruption.apply(new Images(GREY, twice, new int[2]), 5, 7).pixels();
        byte[] eight =
                corruption.apply(new Images(GREY, twice, new int[2]), 5, 8).pixels();

        assertThat(seven).isNotEqualTo(eight);
        assertThat(Arrays.copyOfRange(seven, 0, GREY.pixels()))
                .isNotEqualTo(Arrays.copyOfRange(seven, GREY.pixels(), 2 * GREY.pixels()));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GLASS_BLUR", "MOTION_BLUR", "SNOW", "FROST", "ELASTIC_TRANSFORM"})
    void severity_movesImagesFurther_wherePublishedParametersOnlyGrow(Corruption corruption) {
        for (ImageShape shape : new ImageShape[] {GREY, COLOUR}) {
            Images clean = Samples.drawn(shape, 60);
            double before = 0;
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                double difference = Samples.difference(clean, corruption.apply(clean, severity, 2));

                assertThat(difference).isGreaterThan(before);
                before = difference;
            }
        }
    }

    /** Severities 3 and 4 of the motion blur differ only where a Gaussian is below a millionth. */
    @ParameterizedTest
    @EnumSource(names = {"GLASS_BLUR", "MOTION_BLUR", "SNOW", "FROST"})
    void strongestSeverity_movesImagesFurtherThanTheMildest(Corruption corruption) {
        Images clean = Samples.drawn(COLOUR, 60);

        assertThat(Samples.difference(clean, corruption.apply(clean, 5, 2)))
                .isGreaterThan(1.1 * Samples.difference(clean, corruption.apply(clean, 1, 2)));
    }

    /** What these bytes are changes only together with the decision record that says why. */
    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN_NOISE, f09de696",
        "SHOT_NOISE, 90b1e557",
        "IMPULSE_NOISE, 41a9790d",
        "DEFOCUS_BLUR, 3c3b97ed",
        "GLASS_BLUR, b2df51b5",
        "MOTION_BLUR, 8e072ceb",
        "ZOOM_BLUR, bead099",
        "SNOW, c6ebccca",
        "FROST, 3658e26f",
        "FOG, 36dcd926",
        "BRIGHTNESS, 2fc813d",
        "CONTRAST, 78f1c150",
        "ELASTIC_TRANSFORM, dd8b5a1",
        "PIXELATE, 1e2a7ae4",
        "JPEG_COMPRESSION, c248027d"
    })
    void bytes_areTheSameForEver(Corruption corruption, String expected) {
        CRC32 checksum = new CRC32();
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            checksum.update(
                    corruption.apply(Samples.drawn(GREY, 3), severity, 11).pixels());
            checksum.update(
                    corruption.apply(Samples.drawn(COLOUR, 3), severity, 11).pixels());
        }

        assertThat(Long.toHexString(checksum.getValue())).isEqualTo(expected);
    }
}
