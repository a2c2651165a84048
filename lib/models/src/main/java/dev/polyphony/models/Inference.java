package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.polyphony.experiment.ImageInput;
import java.nio.ByteBuffer;

/** Logits of a whole split, minibatch by minibatch, in evaluation mode. */
public final class Inference {

    private static final int BATCH_SIZE = 250;

    private Inference() {}

    /**
     * Logits of every member for every image.
     *
     * @param manager any manager of the engine; nothing stays attached to it
     * @param pixels unsigned bytes, [N, C, H, W]
     * @return [M][N][K]
     */
    public static double[][][] logits(NDManager manager, Network network, Weights weights, byte[] pixels) {
        ImageInput input = network.input();
        int perImage = input.channels() * input.height() * input.width();
        int samples = pixels.length / perImage;
        double[][][] logits = new double[network.members()][samples][input.classes()];
        for (int from = 0; from < samples; from += BATCH_SIZE) {
            int count = Math.min(BATCH_SIZE, samples - from);
            ByteBuffer direct = ByteBuffer.allocateDirect(count * perImage);
            direct.put(pixels, from * perImage, count * perImage).flip();
            try (NDScope scope = new NDScope()) {
                NDArray images = Pixels.toImages(manager, direct, input);
                copy(network.logits(images, weights, false).toFloatArray(), logits, from, count);
                scope.suppressNotUsedWarning();
            }
        }
        return logits;
    }

    /**
     * Logits of every member of an ensemble for every image.
     *
     * @return [M][N][K]
     */
    public static double[][][] logits(NDManager manager, Ensemble ensemble, byte[] pixels) {
        double[][][] logits = new double[ensemble.size()][][];
        for (int member = 0; member < logits.length; member++) {
            logits[member] = logits(manager, ensemble.network(), ensemble.member(member), pixels)[0];
        }
        return logits;
    }

    private static void copy(float[] rows, double[][][] logits, int from, int count) {
        int at = 0;
        for (double[][] member : logits) {
            for (int i = from; i < from + count; i++) {
                for (int k = 0; k < member[i].length; k++) {
                    member[i][k] = rows[at++];
                }
            }
        }
    }
}
