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
        builder.ensemble("e1", "deep ensemble of 4", 1_856_616L, scores(0.9, 0.3, 0.2));
        builder.student("kd", 473_324, "test", scores(0.80, 0.50, 0.01));
        builder.student("kd", 473_324, "test", scores(0.82, 0.54, 0.03));
        builder.ensemble("e1", "deep ensemble of 4", 1_856_616L, scores(0.9, 0.3, 0.2));
        builder.student("kd|ods", 18_611, "test", scores(0.84, 0.40, 0.05));
        builder.student("kd|ods", 18_611, "test", scores(0.85, 0.44, 0.05));
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
        builder.student("a", 1, "test", scores(0.8, 0.5, 0));

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.student("b", 1, "validation", scores(0.8, 0.5, 0)))
                .withMessageContainingAll("b", "validation", "test");
    }

    @Test
    void texts_markTheBest_andSayWhatIsMissing() {
        ComparisonText text = new ComparisonText(comparison());

        assertThat(text.terminal().lines().toList().get(1))
                .containsPattern(" 1\\.86M +0\\.9000 ")
                .doesNotContain("*");
        assertThat(text.terminal().lines().toList().get(3)).contains("18.6k", "0.8450 \u00b1 0.0071*", " - ");
        assertThat(text.markdown().lines().toList().get(0)).startsWith("| | #Params | ACC | NLL |");
        assertThat(text.markdown().lines().toList().get(4))
                .startsWith("| kd\\|ods | 18.6k | **0.8450 \u00b1 0.0071** |")
                .contains("| - |");
        assertThat(text.markdown().lines()).hasSize(7);
        assertThat(text.csv().lines())
                .startsWith("model,split,metric,seeds,mean,standard_deviation")
                .contains("deep ensemble of 4,test,parameters,,1856616,", "deep ensemble of 4,test,ACC,1,0.9,")
                .anyMatch(line -> line.startsWith("kd,test,mean-KLD,2,0.02,0.014"));
    }

    @Test
    void notes_sayWhatTheDeviationIs_ifThereIsOne() {
        Comparison.Builder one = new Comparison.Builder();
        one.student("kd", 1, "validation", scores(0.8, 0.5, 0));

        assertThat(new ComparisonText(comparison()).terminal())
                .endsWith(
                        String.format(
                                "Scores on the test split; \u00b1 is the sample standard deviation over 2 seeds of"
                                        + " the student, with one ensemble and one stream. * marks the best mean among the students.%n"));
        assertThat(new ComparisonText(one.build()).markdown())
                .endsWith(
                        "\n\nScores on the validation split, of one seed of each student. Bold marks the best mean among"
                                + " the students.\n");
    }

    @Test
    void page_standsAlone_andEscapesNames() {
        Comparison.Builder builder = new Comparison.Builder();
        builder.ensemble("e1", "imported", null, scores(0.9, 0.3, 0.2));
        builder.student("<kd>", 473_324, "test", scores(0.8, 0.5, 0));
        ComparisonPage page = new ComparisonPage(new ComparisonText(builder.build()));

        assertThat(page.toHtml(null))
                .startsWith("<!DOCTYPE html>")
                .contains("<meta charset=\"utf-8\">", "<title>Comparison", "<td>imported</td><td>-</td><td>0.9000</td>")
                .contains("<td>&lt;kd&gt;</td><td>0.47M</td><td><b>0.8000</b></td>")
                .contains("Bold marks the best mean")
                .doesNotContain("href");
        assertThat(page.toHtml("figures/index.html")).contains("<a href=\"figures/index.html\">");
    }
}
