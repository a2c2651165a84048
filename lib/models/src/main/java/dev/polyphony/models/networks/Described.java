package dev.polyphony.models.networks;

import dev.polyphony.models.Network;

/** A network that its {@link Architecture} alone rebuilds, so that a model file can hold it. */
public sealed interface Described extends Network permits ResidualNetwork, Mimo {

    /** What rebuilds this network. */
    Architecture architecture();
}
