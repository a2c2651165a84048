package dev.polyphony.models;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.engine.Operations;
import dev.polyphony.models.engine.Recording;
import dev.polyphony.models.engine.ScriptedModule;
import dev.polyphony.models.format.InvalidModelFileException;

/** Tries a member made elsewhere on a few images: whether it does all that an ensemble's member has to. */
public final class MemberCheck {

    /** Of the largest logit: rounding differs between minibatches of different size, training mode by far more. */
    private static final float TOLERANCE = 1e-3f;

    private final Member member;
    private final String source;

    private MemberCheck(Member member, String source) {
        this.member = member;
        this.source = source;
    }

    /**
     * Tries it.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1], at least 3
     * @param source names the member in messages
     * @throws InvalidModelFileException if its logits have another shape than [B, K] or are not finite, if an image's
     *     logits depend on anything else than the image, or if no gradient reaches the images
     */
    public static void require(Member member, NDArray images, String source) {
        MemberCheck check = new MemberCheck(member, source);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] logits = Recording.without(() -> check.logits(images));
            Recording.without(() -> {
                check.requireSameAlone(images, logits);
                return logits;
            });
            check.requireGradient(images);
        }
    }

    private float[] logits(NDArray images) {
        NDArray logits = member.logits(images);
        Shape expected = new Shape(images.getShape().get(0), member.input().classes());
        if (!logits.getShape().equals(expected)) {
            throw problem("its logits for " + images.getShape() + " images are " + logits.getShape() + ", not "
                    + expected + " for the data set's classes");
        }
        if (logits.getDataType() != DataType.FLOAT32) {
            throw problem("its logits are " + logits.getDataType() + ", not FLOAT32");
        }
        float[] values = logits.toFloatArray();
        requireFinite(values, "its logits");
        return values;
    }

    private void requireSameAlone(NDArray images, float[] logits) {
        long alone = images.getShape().get(0) - 1;
        float[] again = logits(images.get("0:" + alone));
        float largest = 0;
        float difference = 0;
        for (int i = 0; i < again.length; i++) {
            largest = Math.max(largest, Math.abs(logits[i]));
            difference = Math.max(difference, Math.abs(again[i] - logits[i]));
        }
        if (difference > TOLERANCE * largest) {
            throw problem(
                    "an image's logits change by up to " + difference + " when another image leaves its minibatch:"
                            + " was it exported in training mode? Call eval() before");
        }
    }

    private void requireGradient(NDArray images) {
        try (Recording recording = Recording.start()) {
            NDArray leaf = recording.leaf(images);
            NDArray logits = member.logits(leaf);
            recording.backward(logits.mul(guide(logits)).sum());
            NDArray gradient = leaf.getGradient();
            if (gradient == null) {
                throw problem("no gradient of its logits reaches the images");
            }
            requireSlope(gradient.toFloatArray());
        } catch (EngineException e) {
            throw problem("no gradient of its logits reaches the images: " + ScriptedModule.reason(e));
        }
    }

    private void requireSlope(float[] gradient) {
        requireFinite(gradient, "the gradient of its logits by the images");
        for (float component : gradient) {
            if (component != 0) {
                return;
            }
        }
        throw problem("the gradient of its logits by the images is zero everywhere");
    }

    /** Another weight for each class, so that no two cancel. */
    private static NDArray guide(NDArray logits) {
        float[] weights = new float[(int) logits.getShape().get(1)];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) Math.cos(k);
        }
        return Operations.constant(logits.getManager(), weights, new Shape(1, weights.length), DataType.FLOAT32);
    }

    private void requireFinite(float[] values, String what) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw problem(what + " are not finite: " + value);
            }
        }
    }

    private InvalidModelFileException problem(String text) {
        return new InvalidModelFileException(source, text);
    }
}
