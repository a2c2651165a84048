package dev.polyphony.launcher.compare;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Recipe;
import java.util.List;

/**
 * A recipe that takes part in a comparison.
 *
 * @param recipe as the user named it
 * @param seeds the same with each seed of its student, opened; at least one
 */
record Entry(Recipe recipe, List<Experiment> seeds) {

    Entry {
        seeds = List.copyOf(seeds);
    }
}
