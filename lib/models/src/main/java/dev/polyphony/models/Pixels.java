package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.engine.Operations;
import java.nio.ByteBuffer;
import java.util.List;

/** Images as they travel, unsigned bytes, and as networks see them, numbers in [0, 1]. */
public final class Pixels {

    private static final float WHITE = 255f;

    private Pixels() {}

    /**
     * Images for a network.
     *
     * @param manager of the result
     * @param pixels [B, C, H, W], from the buffer's position to its limit; a direct buffer saves a copy
     * @param input gives C, H and W
     * @return float32 [B, C, H, W] in [0, 1], a copy; closed by the caller's scope
     * @throws IllegalArgumentException if the pixels are not a whole number of images
     */
    public static NDArray toImages(NDManager manager, ByteBuffer pixels, ImageInput input) {
        int perImage = input.channels() * input.height() * input.width();
        if (pixels.remaining() == 0 || pixels.remaining() % perImage != 0) {
            throw new IllegalArgumentException(
                    pixels.remaining() + " pixels are not a whole number of images of " + perImage + " pixels");
        }
        Shape shape = new Shape(pixels.remaining() / perImage, input.channels(), input.height(), input.width());
        try (NDArray bytes = manager.create(pixels.slice(), shape, DataType.UINT8)) {
            return bytes.toType(DataType.FLOAT32, true).divi(WHITE);
        }
    }

    /**
     * Minus the mean, divided by the standard deviation, by channel.
     *
     * @param images [B, C, H, W], pixels in [0, 1]
     */
    public static NDArray normalised(NDArray images, ImageInput input) {
        NDArray mean = perChannel(input.mean(), images);
        NDArray deviation = perChannel(input.standardDeviation(), images);
        return images.sub(mean).div(deviation);
    }

    private static NDArray perChannel(List<Float> values, NDArray like) {
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i);
        }
        return Operations.constant(like.getManager(), numbers, new Shape(1, numbers.length, 1, 1), like.getDataType());
    }
}
