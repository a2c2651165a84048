package dev.polyphony.datasets.corruptions;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A frosted pane made by procedure: the published files were made with photographs, which are not ours to ship. Ferns of
 * ice (stems with side branches at 60 degrees, as ice grows) lie over clouds of rime, on a torus. There is one pane for
 * all seeds, as there is one set of photographs; images see it through windows at random places.
 */
final class FrostTexture {

    /** Pixels along each side, a power of two. */
    static final int SIDE = 256;

    private static final long PANE = 0x1CE;
    private static final int FERNS = 110;
    private static final double RIME_DECAY = 1.5;
    private static final double BRANCH_ANGLE = StrictMath.PI / 3;
    private static final int BRANCH_DISTANCE = 4;

    private static final float[] BRIGHTNESS = new FrostTexture().grown();

    /** What of its brightness the pane shows in red, green and blue: ice is a little blue. */
    private static final float[] TINT = {0.86f, 0.95f, 1f};

    private final UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {PANE, ~PANE});
    private final float[] ice = new float[SIDE * SIDE];

    private FrostTexture() {}

    /** Brightness from 0 to 1 at a place; the pane repeats itself. */
    static float at(int row, int column) {
        return BRIGHTNESS[place(row, column)];
    }

    /** The share of the brightness that a channel shows; a grey image has the mean of them. */
    static float tint(int channel, int channels) {
        return channels == 1 ? (TINT[0] + TINT[1] + TINT[2]) / 3 : TINT[channel];
    }

    private float[] grown() {
        for (int fern = 0; fern < FERNS; fern++) {
            double row = SIDE * random.nextDouble();
            double column = SIDE * random.nextDouble();
            double heading = 2 * StrictMath.PI * random.nextDouble();
            branch(row, column, heading, 15 + random.nextInt(40), 0);
        }
        float[] rime = Plasma.of(SIDE, RIME_DECAY, random);
        for (int i = 0; i < ice.length; i++) {
            ice[i] = Picture.clip(0.15f + 0.45f * rime[i] + 0.55f * ice[i]);
        }
        return ice;
    }

    /** Grows a stem that bends a little and thins out, and from it shorter stems on both sides. */
    private void branch(double row, double column, double heading, int length, int order) {
        double bend = 0.03 * (random.nextDouble() - 0.5);
        double angle = heading;
        double down = row;
        double right = column;
        for (int grown = 0; grown < length; grown++) {
            double left = 1 - (double) grown / length;
            freeze(down, right, (float) ((0.45 + 0.55 * left) / (1 + 0.35 * order)));
            if (order < 2 && grown % BRANCH_DISTANCE == BRANCH_DISTANCE - 1) {
                int shorter = (int) (left * length * (0.25 + 0.25 * random.nextDouble()));
                branch(down, right, angle + BRANCH_ANGLE, shorter, order + 1);
                branch(down, right, angle - BRANCH_ANGLE, shorter, order + 1);
            }
            angle += bend;
            down += StrictMath.sin(angle);
            right += StrictMath.cos(angle);
        }
    }

    /** Ice at a point, shared among the four pixels around it; where stems cross, the brighter one shows. */
    private void freeze(double row, double column, float brightness) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        float below = (float) (row - top);
        float beside = (float) (column - left);
        brighten(top, left, brightness * (1 - below) * (1 - beside));
        brighten(top, left + 1, brightness * (1 - below) * beside);
        brighten(top + 1, left, brightness * below * (1 - beside));
        brighten(top + 1, left + 1, brightness * below * beside);
    }

    private void brighten(int row, int column, float brightness) {
        int place = place(row, column);
        ice[place] = Math.max(ice[place], brightness);
    }

    private static int place(int row, int column) {
        return (row & (SIDE - 1)) * SIDE + (column & (SIDE - 1));
    }
}
