package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * A recipe on its way to a cluster.
 *
 * @param recipe what is done
 * @param yaml its text, as the services will read it
 * @param identities under which names
 */
record SubmittedRecipe(Recipe recipe, String yaml, Identities identities) {

    private static final int DIGITS = 10;

    /** Of its content, so that pods never see a recipe change under them. */
    String configMap() {
        return "polyphony-recipe-"
                + Sha256.of(yaml.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
