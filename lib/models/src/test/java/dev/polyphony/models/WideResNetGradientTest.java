package dev.polyphony.models;

class WideResNetGradientTest extends GradientContract {

    WideResNetGradientTest() {
        super(WideResNet.batchEnsemble(10, 2, 2, 1, 2, INPUT));
    }
}
