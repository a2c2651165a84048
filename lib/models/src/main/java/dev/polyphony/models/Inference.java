package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.engine.Recording;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** Logits of a whole split, minibatch by minibatch, in evaluation mode. */
public final class Inference {

    private static final int BATCH_SIZE = 250;

    private Inference() {}

    /**
     * Logits of every member of a network for every image.
     *
     * @param manager any manager of the engine; nothing stays attached to it
     * @param pixels unsigned bytes, [N, C, H, W]
     * @return [M][N][K]
     */
    public static double[][][] logits(NDManager manager, Network network, Weights weights, byte[] pixels) {
        return logits(
                manager, network.input(), network.members(), images -> network.logits(images, weights, false), pixels);
    }

    /**
     * Logits of every member of an ensemble for every image.
     *
     * @return [M][N][K]
     */
    public static double[][][] logits(NDManager manager, Ensemble ensemble, byte[] pixels) {
        double[][][] logits = new double[ensemble.size()][][];
        for (int index = 0; index < logits.length; index++) {
            logits[index] = logits(manager, ensemble.member(index), pixels);
        }
        return logits;
    }

    /**
     * Logits of one member for every image.
     *
     * @return [N][K]
     */
    public static double[][] logits(NDManager manager, Member member, byte[] pixels) {
        return Recording.without(() -> logits(manager, member.input(), 1, member::logits, pixels))[0];
    }

    private static double[][][] logits(
            NDManager manager, ImageInput input, int members, UnaryOperator<NDArray> network, byte[] pixels) {
        int perImage = input.channels() * input.height() * input.width();
        int samples = pixels.length / perImage;
        double[][][] logits = new double[members][samples][input.classes()];
        for (int from = 0; from < samples; from += BATCH_SIZE) {
            int count = Math.min(BATCH_SIZE, samples - from);
            ByteBuffer direct = ByteBuffer.allocateDirect(count * perImage);
            direct.put(pixels, from * perImage, count * perImage).flip();
            try (NDScope scope = new NDScope()) {
                NDArray images = Pixels.toImages(manager, direct, input);
                copy(network.apply(images).toFloatArray(), logits, from, count);
                scope.suppressNotUsedWarning();
            }
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
