package dev.polyphony.datasets.corruptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlurTest {

    private static final ImageShape SHAPE = new ImageShape(1, 32, 32);
    private static final Offset<Float> EXACT = within(1e-6f);

    @ParameterizedTest
    @EnumSource(names = {"DEFOCUS_BLUR", "GLASS_BLUR", "MOTION_BLUR", "ZOOM_BLUR", "ELASTIC_TRANSFORM", "PIXELATE"})
    void constantImage_staysAsItIs(Corruption corruption) {
        Images flat = Samples.flat(new ImageShape(3, 20, 33), 3, 77);
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            assertThat(corruption.apply(flat, severity, 1).pixels()).isEqualTo(flat.pixels());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFOCUS_BLUR", "MOTION_BLUR"})
    void whatLiesWellInside_keepsItsMean(Corruption corruption) {
        Images spot = Samples.flat(SHAPE, 1, 0);
        for (int row = 12; row < 20; row++) {
            Arrays.fill(spot.pixels(), row * 32 + 12, row * 32 + 20, (byte) 250);
        }
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            Images blurred = corruption.apply(spot, severity, 1);

            assertThat(Samples.mean(blurred)).isCloseTo(Samples.mean(spot), within(0.1));
        }
    }

    /** Each pixel of the clean image says where it is, so each of the result says where it came from. */
    @Test
    void glass_atItsMildest_takesEachPixelFromItsPlaceOrOneUpAndLeft_evenly() {
        ImageShape shape = new ImageShape(1, 16, 16);
        byte[] places = new byte[256];
        for (int i = 0; i < 256; i++) {
            places[i] = (byte) i;
        }
        int[] moves = new int[4];
        for (int seed = 0; seed < 100; seed++) {
            byte[] moved = Corruption.GLASS_BLUR
                    .apply(new Images(shape, places, new int[1]), 1, seed)
                    .pixels();
            for (int i = 0; i < 256; i++) {
                int from = moved[i] & 0xFF;
                int up = i / 16 - from / 16;
                int left = i % 16 - from % 16;
                assertThat(up).isBetween(0, 1);
                assertThat(left).isBetween(0, 1);
                moves[2 * up + left] += i / 16 > 1 && i % 16 > 1 ? 1 : 0;
            }
        }
        for (int count : moves) {
            assertThat(count / (100.0 * 14 * 14)).isCloseTo(0.25, within(0.015));
        }
    }

    @Test
    void defocus_withARadiusOfOne_isACross() {
        Picture spot = spot();
        Blur.defocus(SHAPE, 4).apply(spot, () -> 0);

        assertThat(at(spot, 16, 16)).isCloseTo(0.2f, within(1e-4f));
        assertThat(at(spot, 15, 16)).isCloseTo(0.2f, within(1e-4f));
        assertThat(at(spot, 16, 17)).isCloseTo(0.2f, within(1e-4f));
        assertThat(at(spot, 15, 15)).isCloseTo(0f, within(1e-4f));
    }

    /** One pixel under a Gaussian of 0.4, three taps: exp(-1 / 0.32) to each side of 1, in both directions. */
    @Test
    void defocus_belowARadiusOfOne_isASmallGaussian() {
        Picture spot = spot();
        Blur.defocus(SHAPE, 1).apply(spot, () -> 0);

        double side = Math.exp(-1 / 0.32);
        float middle = (float) (1 / (1 + 2 * side));
        assertThat(at(spot, 16, 16)).isCloseTo(middle * middle, EXACT);
        assertThat(at(spot, 16, 15)).isCloseTo((float) (middle * middle * side), EXACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, -90, 180})
    void streak_isHalfAGaussianAlongItsAngle(int angle) {
        Picture spot = spot();
        Blur.streak(6, 2, angle).apply(spot);

        int down = (int) Math.round(Math.sin(Math.toRadians(angle)));
        int right = (int) Math.round(Math.cos(Math.toRadians(angle)));
        float peak = at(spot, 16, 16);
        assertThat(at(spot, 16 - 2 * down, 16 - 2 * right)).isCloseTo((float) (peak * Math.exp(-0.5)), EXACT);
        assertThat(at(spot, 16 + down, 16 + right)).isZero();
        assertThat(at(spot, 16 + right, 16 + down)).isZero();
    }

    /** Of 4 pixels, twice as large, the middle 2 are stretched from corner to corner. */
    @Test
    void zoom_stretchesTheMiddle() {
        float[] plane = new float[16];
        for (int i = 0; i < 16; i++) {
            plane[i] = i % 4;
        }
        float[] zoomed = new float[16];
        new Zoom(4, 4, 2).add(plane, 0, zoomed);

        assertThat(Arrays.copyOfRange(zoomed, 4, 8)).containsExactly(new float[] {1, 4 / 3f, 5 / 3f, 2}, EXACT);
    }

    @Test
    void zoom_byNothing_isTheImage() {
        float[] plane = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] zoomed = new float[9];
        new Zoom(3, 3, 1).add(plane, 0, zoomed);

        assertThat(zoomed).containsExactly(plane, EXACT);
    }

    @Test
    void borders_areThoseOfTheirNames() {
        assertThat(seen(Border.CLAMP)).isEqualTo("aaaaabcddddd");
        assertThat(seen(Border.SYMMETRIC)).isEqualTo("dcbaabcddcba");
        assertThat(seen(Border.REFLECT)).isEqualTo("cdcbabcdcbab");
    }

    private static String seen(Border border) {
        StringBuilder seen = new StringBuilder();
        for (int at = -4; at < 8; at++) {
            seen.append("abcd".charAt(border.inside(at, 4)));
        }
        return seen.toString();
    }

    private static Picture spot() {
        Picture spot = new Picture(SHAPE);
        spot.values()[16 * 32 + 16] = 1f;
        return spot;
    }

    private static float at(Picture picture, int row, int column) {
        return picture.values()[row * picture.width() + column];
    }
}
