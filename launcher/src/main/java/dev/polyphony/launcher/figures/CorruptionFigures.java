package dev.polyphony.launcher.figures;

import dev.polyphony.figures.CorruptionBoxes;
import dev.polyphony.figures.CorruptionBoxes.Method;
import dev.polyphony.figures.Figure;
import dev.polyphony.launcher.report.Shift;
import dev.polyphony.launcher.report.Shift.Cell;
import dev.polyphony.launcher.report.Shift.Corruptions;
import dev.polyphony.scoring.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Scores on corrupted images by severity, as figures (paper, fig. 9). */
final class CorruptionFigures {

    private static final int SEVERITIES = 5;
    private static final String NONE = "the recipe asks for no corruptions (evaluation.corruptions)";

    private CorruptionFigures() {}

    static void ofRun(MeasuredRun measured, FigureSection section) {
        Map<String, List<Cell>> models = new LinkedHashMap<>();
        add(models, "teachers", measured.teachersShift());
        add(models, "student", measured.shift());
        draw(models, section);
    }

    static void across(List<MethodRuns> methods, FigureSection section) {
        Map<String, List<Cell>> models = new LinkedHashMap<>();
        for (MethodRuns method : methods) {
            method.runs().forEach(run -> add(models, method.name(), run.shift()));
        }
        draw(models, section);
    }

    private static void add(Map<String, List<Cell>> models, String name, @Nullable Shift shift) {
        Corruptions corruptions = shift == null ? null : shift.corruptions();
        if (corruptions != null) {
            models.computeIfAbsent(name, unseen -> new ArrayList<>()).addAll(corruptions.cells());
        }
    }

    private static void draw(Map<String, List<Cell>> models, FigureSection section) {
        if (models.isEmpty()) {
            section.leaveOut("corruptions", NONE);
            return;
        }
        String text = "Scores on corrupted test images by severity; each box is over the kinds of corruption";
        section.draw("corruptions", text + ".", () -> figure(models, Cell::standard));
        if (models.values().stream().flatMap(List::stream).allMatch(cell -> cell.calibrated() != null)) {
            section.draw(
                    "corruptions-calibrated",
                    text + ", at the temperature fitted on clean validation images.",
                    () -> figure(models, cell -> Objects.requireNonNull(cell.calibrated())));
        }
    }

    private static Figure figure(Map<String, List<Cell>> models, Function<Cell, Scores> scores) {
        List<Method> methods = new ArrayList<>();
        models.forEach((name, cells) -> methods.add(
                new Method(name, bySeverity(cells, scores, Scores::nll), bySeverity(cells, scores, Scores::ece))));
        return CorruptionBoxes.of(methods);
    }

    private static double[][] bySeverity(
            List<Cell> cells, Function<Cell, Scores> scores, ToDoubleFunction<Scores> value) {
        return IntStream.rangeClosed(1, SEVERITIES)
                .mapToObj(severity -> cells.stream()
                        .filter(cell -> cell.severity() == severity)
                        .map(scores)
                        .mapToDouble(value)
                        .toArray())
                .toArray(double[][]::new);
    }
}
