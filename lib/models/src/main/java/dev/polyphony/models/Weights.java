package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Everything a network computes with: two flat float32 arrays. Owned by whoever created them, outside any minibatch's
 * scope; {@link #close()} frees both.
 *
 * @param parameters trainable, in the order of {@link Network#parameters()}
 * @param statistics running statistics, in the order of {@link Network#statistics()}
 */
public record Weights(NDArray parameters, NDArray statistics) implements AutoCloseable {

    /**
     * SHA-256 over the bytes of parameters and statistics, little-endian: equal if and only if two runs agree in every
     * bit.
     */
    public String sha256() {
        return Sha256.of(bytes(parameters), bytes(statistics));
    }

    private static byte[] bytes(NDArray array) {
        float[] values = array.toFloatArray();
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    @Override
    public void close() {
        parameters.close();
        statistics.close();
    }
}
