package dev.polyphony.models.networks;

class WideResNetGradientTest extends GradientContract {

    WideResNetGradientTest() {
        super(WideResNet.batchEnsemble(10, 2, 2, 1, 2, INPUT));
    }
}
