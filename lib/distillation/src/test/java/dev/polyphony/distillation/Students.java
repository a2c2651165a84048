package dev.polyphony.distillation;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.experiment.StudentPart.Architecture;
import dev.polyphony.experiment.StudentPart.Objective;
import dev.polyphony.experiment.StudentPart.RankOne;
import dev.polyphony.experiment.StudentPart.Selection;
import dev.polyphony.models.TrainingState;

/** Small students for tests. */
final class Students {

    static final int PIXELS = 4;
    static final int CLASSES = 3;
    static final int MEMBERS = 2;
    static final LinearNetwork NETWORK = LinearNetwork.batchEnsemble(PIXELS, CLASSES, MEMBERS);

    private Students() {}

    /** Weights from -1 to 1, rank-one factors around 1. */
    static TrainingState state(NDManager manager) {
        float[] values = values();
        return new TrainingState(NETWORK.weights(manager, values), manager.zeros(new Shape(values.length)));
    }

    static float[] values() {
        int shared = CLASSES * PIXELS + CLASSES;
        float[] values = GuideVector.draw(2, 0, 1, shared + MEMBERS * (PIXELS + CLASSES));
        for (int i = shared; i < values.length; i++) {
            values[i] = 1 + values[i] / 2;
        }
        return values;
    }

    /** Step of size 1 along the gradient, without momentum or decay: the change of the weights is the gradient. */
    static StudentPart plainDescent(Objective objective) {
        return part(objective, 1, 0, 1, 0, 1);
    }

    static StudentPart usual(Objective objective) {
        return part(objective, 0.1, 0.9, 0.5, 4e-4, 1);
    }

    static StudentPart part(
            Objective objective, double rate, double momentum, double rankOne, double decay, int warmup) {
        return new StudentPart(
                Architecture.BATCH_ENSEMBLE,
                "linear",
                1,
                1,
                MEMBERS,
                objective,
                0.9,
                4,
                10,
                1e-4,
                rate,
                momentum,
                false,
                RankOne.NORMAL,
                rankOne,
                0,
                decay,
                warmup,
                4,
                Selection.SUBNETWORKS,
                1);
    }

    /** Pixels in [0, 1]. */
    static float[] pixels(long seed, int images) {
        float[] pixels = GuideVector.draw(seed, 1, images, PIXELS);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (1 + pixels[i]) / 2;
        }
        return pixels;
    }

    /** Logits of an ensemble, up to 3. */
    static float[] logits(long seed, int images) {
        float[] logits = GuideVector.draw(seed, 2, MEMBERS * images, CLASSES);
        for (int i = 0; i < logits.length; i++) {
            logits[i] *= 3;
        }
        return logits;
    }
}
