package dev.polyphony.launcher.run;

import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.models.Network;
import dev.polyphony.models.networks.Networks;
import java.util.List;

/**
 * How large the heap of a service may become. Tensors lie outside of it, but a checkpoint passes through it: weights and
 * momentum, 8 bytes per parameter, are encoded there in about three copies.
 */
final class Heap {

    private static final long BASE = 1L << 30;
    private static final long PER_PARAMETER = 32;
    private static final long MEBIBYTE = 1L << 20;

    /** As many channels and classes as any data set has, so that none must be opened to count. */
    private static final ImageInput LARGEST = new ImageInput(3, 64, 64, 200, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

    private Heap() {}

    /** For a recipe's services, as in {@code -Xmx}. An imported member is only read, for which the base is enough. */
    static String of(Recipe recipe) {
        long parameters = parameters(Networks.student(recipe.student(), LARGEST));
        if (recipe.ensemble() instanceof EnsemblePart.Trained trained) {
            parameters = Math.max(parameters, parameters(Networks.member(trained, LARGEST)));
        }
        return (BASE + PER_PARAMETER * parameters + MEBIBYTE - 1) / MEBIBYTE + "m";
    }

    private static long parameters(Network network) {
        return network.parameters().size();
    }
}
