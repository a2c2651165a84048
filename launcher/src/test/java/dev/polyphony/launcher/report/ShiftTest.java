package dev.polyphony.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.EvaluationPart.Corruptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShiftTest {

    @Test
    void documents_coverWhatTheyHold() {
        Shift local = new Shift("", new Shift.Corruptions("local", List.of()), Map.of());
        Shift nothing = new Shift("", null, Map.of());

        assertThat(local.covers(wanted(Corruptions.LOCAL))).isTrue();
        assertThat(local.covers(wanted(Corruptions.NONE))).isTrue();
        assertThat(local.covers(wanted(Corruptions.PUBLISHED))).isFalse();
        assertThat(local.covers(wanted(Corruptions.LOCAL, "rotated"))).isFalse();
        assertThat(nothing.covers(wanted(Corruptions.NONE))).isTrue();
        assertThat(nothing.covers(wanted(Corruptions.LOCAL))).isFalse();
    }

    private static EvaluationPart wanted(Corruptions corruptions, String... sets) {
        return new EvaluationPart(List.of(), List.of(sets), corruptions);
    }
}
