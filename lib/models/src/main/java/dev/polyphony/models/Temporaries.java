package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/** Frees what a computation leaves behind as soon as it is done, instead of at the end of the minibatch. */
public final class Temporaries {

    private Temporaries() {}

    /** Runs the computation and closes every array it made but its result, which goes to the caller's scope. */
    public static NDArray closedBut(Supplier<NDArray> computation) {
        NDArray result;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            result = computation.get();
            NDScope.unregister(result);
        }
        NDScope.register(result);
        return result;
    }
}
