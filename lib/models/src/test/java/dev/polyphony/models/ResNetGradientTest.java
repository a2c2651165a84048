package dev.polyphony.models;

class ResNetGradientTest extends GradientContract {

    ResNetGradientTest() {
        super(ResNet.batchEnsemble(8, 3, 1, 2, INPUT));
    }
}
