package dev.polyphony.distillation;

import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import java.util.List;

/** Ensembles for tests. */
final class Ensembles {

    private Ensembles() {}

    static Ensemble of(Network network, Weights... members) {
        return Ensemble.of(network, List.of(members));
    }
}
