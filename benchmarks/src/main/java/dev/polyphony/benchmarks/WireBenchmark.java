package dev.polyphony.benchmarks;

import dev.polyphony.wire.DataType;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.Tensor;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A minibatch of 128 images to bytes and back. Encoding copies the payload once, decoding not at all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {

    private static final int BATCH = 128;

    /** Pixels of an image: Fashion-MNIST's and CIFAR's. */
    @Param({"784", "3072"})
    public int pixels;

    private Minibatch minibatch = minibatch(784);
    private byte[] bytes = minibatch.encode();

    /** Makes the minibatch. */
    @Setup
    public void prepare() {
        minibatch = minibatch(pixels);
        bytes = minibatch.encode();
    }

    private static Minibatch minibatch(int pixels) {
        int[] numbers = new int[BATCH];
        return new Minibatch(
                "0123456789ab",
                7,
                0,
                0,
                1,
                Tensor.ofBytes(new byte[BATCH * pixels], BATCH, 1, 1, pixels),
                Tensor.of(DataType.FLOAT16, ByteBuffer.allocate(2 * BATCH * pixels), BATCH, 1, 1, pixels),
                Tensor.ofInts(numbers),
                Tensor.ofInts(numbers),
                Minibatch.CONFODS,
                0,
                1);
    }

    /** To bytes. */
    @Benchmark
    public byte[] encode() {
        return minibatch.encode();
    }

    /** From bytes. */
    @Benchmark
    public Minibatch decode() {
        return Minibatch.decode(bytes);
    }

    /** The unavoidable: one copy of the payload. */
    @Benchmark
    public byte[] copyOfThePayload() {
        return bytes.clone();
    }
}
