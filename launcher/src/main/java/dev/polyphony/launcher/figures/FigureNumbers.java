package dev.polyphony.launcher.figures;

import dev.polyphony.launcher.text.Spread;
import dev.polyphony.launcher.text.TextTable;
import dev.polyphony.scoring.DiversityPlot;
import dev.polyphony.scoring.statistics.AreaUnderCurve;
import dev.polyphony.scoring.statistics.SampleSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * What the figures across runs show, in numbers: what the paper's claims about diversity, Jacobians and gradients are
 * checked by.
 *
 * @param rows by method, run and measure
 */
record FigureNumbers(List<Row> rows) {

    FigureNumbers {
        rows = List.copyOf(rows);
    }

    /** What is measured of every run. */
    enum Measure {
        TEACHERS_TRAIN("teachers train"),
        TEACHERS_GAUSSIAN("Gaussian"),
        TEACHERS_ODS("ODS"),
        TEACHERS_TEST("test"),
        STUDENT_TEST("student test"),
        /** Against all students of the same ensemble that are trained from scratch (fig. 6). */
        JACOBIAN_AREA("Jacobian AUC"),
        SIGNAL_TO_NOISE_GAUSSIAN("SNR Gaussian"),
        SIGNAL_TO_NOISE_ODS("SNR ODS");

        private final String heading;

        Measure(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /**
     * One number.
     *
     * @param method as figures name it
     * @param run identity
     * @param seed of the student
     * @param measure what it is
     * @param value finite
     */
    record Row(String method, String run, long seed, Measure measure, double value) {}

    /** The numbers of all runs. What a run does not have, such as diversity of a single network, is left out. */
    static FigureNumbers of(List<MethodRuns> methods) {
        List<Row> rows = new ArrayList<>();
        for (MethodRuns method : methods) {
            for (MeasuredRun run : method.runs()) {
                for (Measure measure : Measure.values()) {
                    value(measure, run, methods)
                            .ifPresent(value -> rows.add(new Row(
                                    method.name(),
                                    run.run().runId(),
                                    run.run().recipe().student().seed(),
                                    measure,
                                    value)));
                }
            }
        }
        return new FigureNumbers(rows);
    }

    private static OptionalDouble value(Measure measure, MeasuredRun run, List<MethodRuns> all) {
        Analysis.Plots plots = run.analysis().diversity();
        Analysis.Ratios ratios = run.analysis().signalToNoise();
        return switch (measure) {
            case TEACHERS_TRAIN -> divergence(plots.teachers().get("train"));
            case TEACHERS_GAUSSIAN -> divergence(plots.teachers().get("train-gaussian"));
            case TEACHERS_ODS -> divergence(plots.teachers().get("train-ods"));
            case TEACHERS_TEST -> divergence(plots.teachers().get("test"));
            case STUDENT_TEST -> divergence(plots.student().get("test"));
            case JACOBIAN_AREA -> area(run, all);
            case SIGNAL_TO_NOISE_GAUSSIAN -> mean(ratios.gaussian());
            case SIGNAL_TO_NOISE_ODS -> mean(ratios.ods());
        };
    }

    private static OptionalDouble divergence(@Nullable DiversityPlot plot) {
        return plot == null || plot.members() < 2 ? OptionalDouble.empty() : OptionalDouble.of(plot.meanKld());
    }

    private static OptionalDouble area(MeasuredRun run, List<MethodRuns> all) {
        double[] scratch = all.stream()
                .filter(method -> !method.distilled()
                        && method.first().ensembleId().equals(run.run().ensembleId()))
                .flatMapToDouble(JacobianFigures::similarities)
                .toArray();
        double[] own = run.analysis().jacobians().all();
        return scratch.length == 0 || own.length == 0 || !run.run().distilled()
                ? OptionalDouble.empty()
                : OptionalDouble.of(AreaUnderCurve.of(own, scratch));
    }

    private static OptionalDouble mean(List<Double> ratios) {
        return DoubleStream.of(GradientFigures.finite(ratios)).average();
    }

    /** One line for each number, in full precision. */
    String csv() {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("method", "run", "seed", "measure", "value")
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (Row row : rows) {
                printer.printRecord(
                        row.method(), row.run(), row.seed(), row.measure().heading(), row.value());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail", impossible);
        }
        return text.toString();
    }

    /** A line for each method, mean and standard deviation over its runs: mean-KLD first, then Jacobians and gradients. */
    String terminal() {
        List<String> heads = new ArrayList<>(List.of("mean-KLD:"));
        for (Measure measure : Measure.values()) {
            heads.add(measure.heading());
        }
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (String method : rows.stream().map(Row::method).distinct().toList()) {
            List<String> cells = new ArrayList<>(List.of(method));
            for (Measure measure : Measure.values()) {
                cells.add(cell(method, measure));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table.toString();
    }

    private String cell(String method, Measure measure) {
        double[] values = rows.stream()
                .filter(row -> row.method().equals(method) && row.measure() == measure)
                .mapToDouble(Row::value)
                .toArray();
        return values.length == 0 ? "-" : Spread.text(SampleSummary.of(values), "%.4f");
    }
}
