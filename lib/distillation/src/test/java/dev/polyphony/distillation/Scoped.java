package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A manager and a scope for each test. */
public abstract class Scoped {

    @SuppressWarnings("NullAway.Init")
    protected NDManager manager;

    @SuppressWarnings("NullAway.Init")
    private NDScope scope;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        scope = new NDScope();
    }

    @AfterEach
    void close() {
        scope.close();
        manager.close();
    }

    protected NDArray array(long[] shape, float... values) {
        return manager.create(values, new ai.djl.ndarray.types.Shape(shape));
    }

    protected static long[] shape(long... dimensions) {
        return dimensions;
    }

    protected static void assertClose(float[] actual, double tolerance, double... expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("element %s", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
