package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.EvaluationPart.Corruptions;
import dev.polyphony.experiment.EvaluationPart.Split;
import dev.polyphony.launcher.report.Shift;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaterWishesTest {

    private static final Shift LOCAL = new Shift("", new Shift.Corruptions("local", List.of()), Map.of());
    private static final Predictions ANY = new Predictions(new double[][][] {{{0, 1}}}, new int[] {0});
    private static final Shift ROTATED = new Shift("", null, Map.of("rotated", OutOfDistribution.of(ANY, ANY)));

    @Test
    void aRunLacks_whatNeitherModelOrOnlyOneWasScoredOn() {
        EvaluationPart both = wanted(Corruptions.LOCAL, "rotated");
        assertThat(LaterWishes.missing(both, null, null)).containsExactly("corruptions: local", "rotated");
        assertThat(LaterWishes.missing(both, LOCAL, LOCAL)).containsExactly("rotated");
        assertThat(LaterWishes.missing(both, ROTATED, LOCAL)).containsExactly("corruptions: local", "rotated");
        assertThat(LaterWishes.missing(wanted(Corruptions.PUBLISHED), LOCAL, LOCAL))
                .containsExactly("corruptions: published");
    }

    @Test
    void aRunLacksNothing_ofWhatItHasOrIsNotAskedFor() {
        assertThat(LaterWishes.missing(wanted(Corruptions.NONE), null, null)).isEmpty();
        assertThat(LaterWishes.missing(wanted(Corruptions.LOCAL), LOCAL, LOCAL)).isEmpty();
        assertThat(LaterWishes.missing(wanted(Corruptions.NONE, "rotated"), ROTATED, ROTATED))
                .isEmpty();
    }

    private static EvaluationPart wanted(Corruptions corruptions, String... sets) {
        return new EvaluationPart(List.of(Split.TEST), List.of(sets), corruptions);
    }
}
