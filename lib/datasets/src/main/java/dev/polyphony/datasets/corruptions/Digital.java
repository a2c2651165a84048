package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;

/** What a program does to an image. */
final class Digital {

    private static final float[] CONTRASTS = {0.75f, 0.5f, 0.4f, 0.3f, 0.15f};
    private static final double[] SHARES = {0.95, 0.9, 0.85, 0.75, 0.65};
    private static final int[] QUALITIES = {80, 65, 58, 50, 40};

    private Digital() {}

    /** (x - m) c + m, m the mean of the channel. */
    static Effect contrast(ImageShape shape, int severity) {
        float contrast = CONTRASTS[severity - 1];
        return (picture, random) -> {
            float[] values = picture.values();
            int plane = picture.plane();
            for (int start = 0; start < values.length; start += plane) {
                double sum = 0;
                for (int i = start; i < start + plane; i++) {
                    sum += values[i];
                }
                float mean = (float) (sum / plane);
                for (int i = start; i < start + plane; i++) {
                    values[i] = (values[i] - mean) * contrast + mean;
                }
            }
        };
    }

    /** A random affine map, then a smooth random displacement of each pixel. */
    static Effect elastic(ImageShape shape, int severity) {
        return new Elastic(shape, severity);
    }

    /** Fewer, larger pixels. */
    static Effect pixelate(ImageShape shape, int severity) {
        return new Pixelate(shape, SHARES[severity - 1]);
    }

    /** Written and read again as a JPEG of the Independent JPEG Group's quality. */
    static Effect jpeg(ImageShape shape, int severity) {
        return new Jpeg(shape, QUALITIES[severity - 1]);
    }
}
