package dev.polyphony.launcher.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.launcher.report.RunScores.ModelScores;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.statistics.SampleSummary;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static ModelScores scores(double accuracy, double nll, double meanKld) {
        return new ModelScores(
                new Scores(accuracy, nll, 0.2, 0.02), new Scores(accuracy, nll - 0.01, 0.2, 0.01), 2.5, null, meanKld);
    }

    private static Comparison comparison() {
        Comparison.Builder builder = new Comparison.Builder();
        builder.ensemble("e1", "deep ensemble of 4", scores(0.9, 0.3, 0.2));
        builder.student("kd", "test", scores(0.80, 0.50, 0.01));
        builder.student("kd", "test", scores(0.82, 0.54, 0.03));
        builder.ensemble("e1", "deep ensemble of 4", scores(0.9, 0.3, 0.2));
        builder.student("kd|ods", "test", scores(0.84, 0.40, 0.05));
        builder.student("kd|ods", "test", scores(0.85, 0.44, 0.05));
        return builder.build();
    }

    @Test
    void rows_areEachEnsembleOnce_thenStudentsOverTheirSeeds() {
        Comparison comparison = comparison();

        assertThat(comparison.rows())
                .extracting(Comparison.Row::name)
                .containsExactly("deep ensemble of 4", "kd", "kd|ods");
        SampleSummary accuracy =
                Objects.requireNonNull(comparison.rows().get(1).values().get(Metric.ACCURACY));
        assertThat(accuracy.count()).isEqualTo(2);
        assertThat(accuracy.mean()).isCloseTo(0.81, within(1e-12));
        assertThat(accuracy.standardDeviation().orElseThrow()).isCloseTo(0.02 / Math.sqrt(2), within(1e-12));
    }

    @Test
    void best_isAmongStudents_byTheMetricsDirection_andNeverForDiversity() {
        Comparison comparison = comparison();

        assertThat(comparison.best(comparison.rows().get(0))).isEmpty();
        assertThat(comparison.best(comparison.rows().get(1)))
                .contains(Metric.BRIER)
                .doesNotContain(Metric.ACCURACY, Metric.NLL);
        assertThat(comparison.best(comparison.rows().get(2)))
                .contains(Metric.ACCURACY, Metric.NLL, Metric.CALIBRATED_NLL, Metric.BRIER)
                .doesNotContain(Metric.MEAN_KLD, Metric.CALIBRATED_DEE);
    }

    @Test
    void scoresOnDifferentSplits_areNotCompared() {
        Comparison.Builder builder = new Comparison.Builder();
        builder.student("a", "test", scores(0.8, 0.5, 0));

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.student("b", "validation", scores(0.8, 0.5, 0)))
                .withMessageContainingAll("b", "validation", "test");
    }

    @Test
    void texts_markTheBest_andSayWhatIsMissing() {
        ComparisonText text = new ComparisonText(comparison());

        assertThat(text.terminal().lines().toList().get(1)).contains(" 0.9000 ").doesNotContain("*");
        assertThat(text.terminal().lines().toList().get(3)).contains("kd|ods", "0.8450 \u00b1 0.0071*", " - ");
        assertThat(text.markdown().lines().toList().get(4))
                .startsWith("| kd\\|ods | **0.8450 \u00b1 0.0071** |")
                .contains("| - |");
        assertThat(text.markdown().lines()).hasSize(5);
        assertThat(text.html()).contains("<th>kd|ods</th><td><b>0.8450 \u00b1 0.0071</b></td>");
        assertThat(text.csv().lines())
                .startsWith("model,split,metric,seeds,mean,standard_deviation")
                .contains("deep ensemble of 4,test,ACC,1,0.9,")
                .anyMatch(line -> line.startsWith("kd,test,mean-KLD,2,0.02,0.014"));
    }
}
