package dev.polyphony.scoring.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CorruptionSummaryTest {

    private static final Offset<Double> CLOSE = within(1e-12);

    private static CorruptionScores cell(String corruption, int severity, double nll) {
        return new CorruptionScores(corruption, severity, new Scores(1 - nll / 10, nll, nll / 5, nll / 20));
    }

    @Test
    void twoCorruptions_atTwoSeverities_areWorkedByHand() {
        CorruptionSummary summary = CorruptionSummary.of(
                List.of(cell("fog", 2, 4), cell("fog", 1, 1), cell("snow", 1, 2), cell("snow", 2, 5)));
        assertThat(summary.mean().nll()).isCloseTo(3, CLOSE);
        assertThat(summary.mean().accuracy()).isCloseTo(.7, CLOSE);
        assertThat(summary.mean().brier()).isCloseTo(.6, CLOSE);
        assertThat(summary.mean().ece()).isCloseTo(.15, CLOSE);
        assertThat(summary.bySeverity())
                .extracting(CorruptionSummary.Severity::severity)
                .containsExactly(1, 2);
        CorruptionSummary.Severity first = summary.bySeverity().get(0);
        assertThat(first.nll()).isEqualTo(new BoxStatistics(2, 1.5, 1, 1, 1.25, 1.5, 1.75, 2, 2));
        assertThat(first.ece().median()).isCloseTo(.075, CLOSE);
        assertThat(first.accuracy().median()).isCloseTo(.85, CLOSE);
        assertThat(first.brier().median()).isCloseTo(.3, CLOSE);
        assertThat(summary.bySeverity().get(1).nll().median()).isEqualTo(4.5);
        assertThat(summary.cells()).hasSize(4);
    }

    @Test
    void seventyFive_inAnyOrder_haveOneSummary() {
        Random random = new Random(1);
        List<CorruptionScores> cells = new ArrayList<>();
        double sum = 0;
        for (int c = 0; c < 15; c++) {
            for (int severity = 1; severity <= 5; severity++) {
                double nll = random.nextDouble() * severity;
                sum += nll;
                cells.add(cell("corruption" + c, severity, nll));
            }
        }
        CorruptionSummary summary = CorruptionSummary.of(cells);
        Collections.shuffle(cells, random);
        CorruptionSummary shuffled = CorruptionSummary.of(cells);
        assertThat(summary.mean().nll()).isCloseTo(sum / 75, CLOSE);
        assertThat(shuffled.mean().nll()).isCloseTo(sum / 75, CLOSE);
        for (int s = 0; s < 5; s++) {
            double[] sorted = cells.stream()
                    .filter(bySeverity(s + 1))
                    .mapToDouble(cell -> cell.scores().nll())
                    .sorted()
                    .toArray();
            BoxStatistics box = shuffled.bySeverity().get(s).nll();
            assertThat(box.count()).isEqualTo(15);
            assertThat(box.median()).isEqualTo(sorted[7]);
            assertThat(box.q1()).isCloseTo((sorted[3] + sorted[4]) / 2, CLOSE);
            assertThat(box.q3()).isCloseTo((sorted[10] + sorted[11]) / 2, CLOSE);
        }
    }

    private static Predicate<CorruptionScores> bySeverity(int severity) {
        return cell -> cell.severity() == severity;
    }

    @Test
    void oneCell_isItsOwnSummary() {
        CorruptionSummary summary = CorruptionSummary.of(List.of(cell("fog", 3, 1)));
        assertThat(summary.mean()).isEqualTo(summary.cells().get(0).scores());
        assertThat(summary.bySeverity()).hasSize(1);
    }

    @Test
    void whatIsMissing_orTwice_isNamed() {
        assertThatThrownBy(
                        () -> CorruptionSummary.of(List.of(cell("fog", 1, 1), cell("fog", 2, 1), cell("snow", 1, 1))))
                .hasMessage("Corruption snow has no scores at severity 2");
        assertThatThrownBy(() -> CorruptionSummary.of(List.of(cell("fog", 1, 1), cell("fog", 1, 2))))
                .hasMessage("Corruption fog is there twice at severity 1");
        assertThatThrownBy(() -> CorruptionSummary.of(List.of())).hasMessageContaining("At least one");
        assertThatThrownBy(() -> cell(" ", 1, 1)).hasMessageContaining("a name");
        assertThatThrownBy(() -> cell("fog", 0, 1)).hasMessageContaining("'fog', 0");
    }
}
