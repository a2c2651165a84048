package dev.polyphony.models.networks;

import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;

class MimoGradientTest extends GradientContract {

    MimoGradientTest() {
        super(Networks.of(new Architecture(Kind.MIMO, Family.WIDE_RESNET, 10, 1, 2, 2, 2, INPUT)));
    }
}
