package dev.polyphony.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.figures.FigureNumbers.Measure;
import dev.polyphony.launcher.figures.FigureNumbers.Row;
import dev.polyphony.scoring.DiversityPlot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureNumbersTest {

    private final WorkDirectory work;

    FigureNumbersTest(@TempDir Path directory) {
        this.work = new WorkDirectory(directory);
    }

    @Test
    void areaIsAgainstTheStudentsFromScratch() throws IOException {
        FigureNumbers numbers = FigureNumbers.of(MethodRuns.of(List.of(
                run("aaaaaaaaaaa1", "kd-seed-1", "ONE_TO_ONE", 1),
                run("bbbbbbbbbbb1", "scratch-seed-1", "CROSS_ENTROPY", 1))));

        // Of positives .40, .42 ... .78 and negatives .10, .12 ... .48: 387.5 of 400 pairs, ties counted half.
        assertThat(values(numbers, "kd", Measure.JACOBIAN_AREA)).containsExactly(0.96875);
        assertThat(values(numbers, "scratch", Measure.JACOBIAN_AREA)).isEmpty();
    }

    @Test
    void infiniteRatiosAreLeftOut_andDivergencesAreThePlots() throws IOException {
        FigureNumbers numbers =
                FigureNumbers.of(MethodRuns.of(List.of(run("aaaaaaaaaaa1", "kd-seed-1", "ONE_TO_ONE", 1))));

        assertThat(values(numbers, "kd", Measure.SIGNAL_TO_NOISE_GAUSSIAN).get(0))
                .isCloseTo(0.25, within(1e-12));
        assertThat(values(numbers, "kd", Measure.SIGNAL_TO_NOISE_ODS).get(0)).isCloseTo(0.65, within(1e-12));
        DiversityPlot test = Objects.requireNonNull(
                StoredRuns.analysis(false).diversity().teachers().get("test"));
        assertThat(values(numbers, "kd", Measure.TEACHERS_TEST)).containsExactly(test.meanKld());
        assertThat(values(numbers, "kd", Measure.JACOBIAN_AREA)).isEmpty();
    }

    @Test
    void seedsAreOneLine_withTheirSpread() throws IOException {
        FigureNumbers numbers = FigureNumbers.of(MethodRuns.of(List.of(
                run("aaaaaaaaaaa1", "kd-seed-1", "ONE_TO_ONE", 1), run("aaaaaaaaaaa2", "kd-seed-2", "ONE_TO_ONE", 2))));

        assertThat(numbers.terminal().lines()).hasSize(2);
        assertThat(numbers.terminal()).contains("0.6500 \u00b1 0.0000").contains("kd ");
        assertThat(numbers.csv().lines())
                .startsWith("method,run,seed,measure,value")
                .contains("kd,aaaaaaaaaaa2,2,SNR ODS,0.6499999999999999")
                .hasSize(1 + 2 * 7);
    }

    private MeasuredRun run(String id, String name, String objective, long seed) throws IOException {
        new StoredRuns(work).add(id, name, objective, seed);
        return new MeasuredRun(
                FinishedRun.read(work, id), StoredRuns.analysis(objective.equals("CROSS_ENTROPY")), null, null);
    }

    private static List<Double> values(FigureNumbers numbers, String method, Measure measure) {
        return numbers.rows().stream()
                .filter(row -> row.method().equals(method) && row.measure() == measure)
                .map(Row::value)
                .toList();
    }
}
