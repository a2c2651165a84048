package dev.polyphony.launcher.export;

import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;

/** Steps of a made-up stream: images of 1x2x2, 3 classes, 2 members; every number says where it belongs. */
public final class Steps {

    public static final String STREAM = "5eed0123abcd";
    static final String ENSEMBLE = "e0e0e0e0e0e0";
    public static final long SEED = 7;

    private Steps() {}

    public static Minibatch minibatch(long step, int samples) {
        byte[] pixels = new byte[samples * 4];
        float[] perturbation = new float[samples * 4];
        int[] labels = new int[samples];
        int[] indices = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = (int) ((step + i) % 3);
            indices[i] = (int) (100 * step + i);
            for (int p = 0; p < 4; p++) {
                pixels[4 * i + p] = (byte) (200 + step + i + p);
                perturbation[4 * i + p] = step + i / 8f + p / 64f;
            }
        }
        return new Minibatch(
                STREAM,
                step,
                0,
                0,
                1,
                Tensor.ofBytes(pixels, samples, 1, 2, 2),
                Tensor.ofFloats(perturbation, samples, 1, 2, 2),
                Tensor.ofInts(labels),
                Tensor.ofInts(indices),
                Minibatch.ODS,
                (int) (step % 2),
                SEED);
    }

    public static TeacherLogits logits(long step, int samples) {
        float[] values = new float[2 * samples * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1000 * step + i;
        }
        return new TeacherLogits(STREAM, step, 0, 1, ENSEMBLE, Tensor.ofFloats(values, 2, samples, 3));
    }
}
