package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The images of a recorded minibatch as tensors. Ensemble and student both make them here, so both see the same numbers.
 *
 * @param clean float32 [B, C, H, W], pixels in [0, 1]
 * @param perturbed float32 [B, C, H, W] in [0, 1]; null in an unperturbed stream
 */
public record StreamImages(NDArray clean, @Nullable NDArray perturbed) {

    /**
     * Reads the bytes of a minibatch; the tensors belong to the caller's scope.
     *
     * @param pixels unsigned bytes [B, C, H, W], from position to limit
     * @param perturbation little endian [B, C, H, W], or null in an unperturbed stream
     * @param precision number format of the perturbation
     */
    public static StreamImages of(
            NDManager manager,
            ImageInput input,
            ByteBuffer pixels,
            @Nullable ByteBuffer perturbation,
            DataType precision) {
        NDArray clean = Pixels.toImages(manager, direct(pixels), input);
        if (perturbation == null) {
            return new StreamImages(clean, null);
        }
        Shape shape = clean.getShape();
        try (NDArray travelled = manager.create(direct(perturbation), shape, precision);
                NDArray added = travelled.toType(DataType.FLOAT32, true)) {
            return new StreamImages(clean, PerturbedImages.of(clean, added));
        }
    }

    /** What the ensemble labels, and the student is compared on. */
    public NDArray compared() {
        return perturbed == null ? clean : perturbed;
    }

    /** The engine takes the address of a direct buffer; of any other it makes a slow copy. */
    private static ByteBuffer direct(ByteBuffer bytes) {
        if (bytes.isDirect()) {
            return bytes.slice().order(ByteOrder.nativeOrder());
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.nativeOrder());
        return direct.put(bytes.duplicate()).flip();
    }
}
