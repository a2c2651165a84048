package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;

/** What stands between the camera and the things: snow, frost, fog, and too much light. */
final class Weather {

    private static final double[][] FROSTS = {{1, 0.2}, {1, 0.3}, {0.9, 0.4}, {0.85, 0.4}, {0.75, 0.45}};
    private static final double[][] FOGS = {{0.2, 3}, {0.5, 3}, {0.75, 2.5}, {1, 2}, {1.5, 1.75}};
    private static final float[] LIGHTS = {0.05f, 0.1f, 0.15f, 0.2f, 0.3f};

    private Weather() {}

    /** Falling flakes over a greyer, brighter image. */
    static Effect snow(ImageShape shape, int severity) {
        return new Snow(shape, severity);
    }

    /** a x + b frost. */
    static Effect frost(ImageShape shape, int severity) {
        float clear = (float) FROSTS[severity - 1][0];
        float frozen = (float) FROSTS[severity - 1][1];
        return (picture, random) -> {
            int top = random.nextInt(FrostTexture.SIDE);
            int left = random.nextInt(FrostTexture.SIDE);
            float[] values = picture.values();
            for (int i = 0; i < values.length; i++) {
                int pixel = i % picture.plane();
                float ice = FrostTexture.at(top + pixel / picture.width(), left + pixel % picture.width());
                float tint = FrostTexture.tint(i / picture.plane(), picture.channels());
                values[i] = clear * values[i] + frozen * ice * tint;
            }
        };
    }

    /** (x + c plasma) m / (m + c), m the brightest value of x: the range stays. */
    static Effect fog(ImageShape shape, int severity) {
        float thickness = (float) FOGS[severity - 1][0];
        double decay = FOGS[severity - 1][1];
        int side = powerOfTwo(Math.max(shape.height(), shape.width()));
        return (picture, random) -> {
            float[] clouds = Plasma.of(side, decay, random);
            float[] values = picture.values();
            float brightest = 0;
            for (float value : values) {
                brightest = Math.max(brightest, value);
            }
            float scale = brightest / (brightest + thickness);
            for (int i = 0; i < values.length; i++) {
                int pixel = i % picture.plane();
                float cloud = clouds[pixel / picture.width() * side + pixel % picture.width()];
                values[i] = (values[i] + thickness * cloud) * scale;
            }
        };
    }

    /** Adds to the value of hue, saturation and value; hue and saturation stay. */
    static Effect brightness(ImageShape shape, int severity) {
        float light = LIGHTS[severity - 1];
        return (picture, random) -> {
            for (int pixel = 0; pixel < picture.plane(); pixel++) {
                brighten(picture, pixel, light);
            }
        };
    }

    /** Hue and saturation are ratios of the channels, so a value of v' in place of v multiplies each by v' / v. */
    private static void brighten(Picture picture, int pixel, float light) {
        float[] values = picture.values();
        float value = 0;
        for (int i = pixel; i < values.length; i += picture.plane()) {
            value = Math.max(value, values[i]);
        }
        float brighter = Math.min(1f, value + light);
        for (int i = pixel; i < values.length; i += picture.plane()) {
            values[i] = value > 0 ? values[i] * (brighter / value) : brighter;
        }
    }

    private static int powerOfTwo(int atLeast) {
        int highest = Integer.highestOneBit(atLeast);
        return highest == atLeast ? highest : 2 * highest;
    }
}
