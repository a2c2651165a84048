package dev.polyphony.models.networks;

class ResNetGradientTest extends GradientContract {

    ResNetGradientTest() {
        super(ResNet.batchEnsemble(8, 3, 1, 2, INPUT));
    }
}
