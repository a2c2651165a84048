package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;

/** Cross-entropy on clean images alone: ensemble members, and students trained from scratch for comparison. */
record CrossEntropyObjective() implements Objective {

    @Override
    public boolean distils() {
        return false;
    }

    @Override
    public double crossEntropyWeight() {
        return 1;
    }

    @Override
    public double divergenceWeight() {
        return 0;
    }

    @Override
    public NDArray divergence(NDArray student, NDArray teacher) {
        throw new UnsupportedOperationException("cross-entropy alone has no teacher");
    }
}
