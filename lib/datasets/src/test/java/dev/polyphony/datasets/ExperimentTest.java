package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.Identities;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExperimentTest {

    @Test
    void shippedRecipe_opensWithItsDataAndIdentities() {
        Experiment experiment = Experiment.open("fashion-mnist-small", Path.of("target", "nowhere"));

        assertThat(experiment.identities())
                .isEqualTo(
                        Identities.of(experiment.recipe(), experiment.dataset().checksums()));
        assertThat(experiment.input().channels()).isEqualTo(1);
        assertThat(experiment.input().height()).isEqualTo(28);
        assertThat(experiment.input().classes()).isEqualTo(10);
        assertThat(experiment.input().mean()).containsExactly(0.2858f);
    }
}
