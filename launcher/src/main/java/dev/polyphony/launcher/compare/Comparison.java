package dev.polyphony.launcher.compare;

import dev.polyphony.launcher.report.RunScores.ModelScores;
import dev.polyphony.scoring.statistics.SampleSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models side by side, as in the paper's Table 1: every ensemble, then every recipe's student over its seeds.
 *
 * @param split what the scores were measured on
 * @param seeds students of each recipe
 * @param rows ensembles first
 */
record Comparison(String split, int seeds, List<Row> rows) {

    Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * One model.
     *
     * @param name as a reader knows it
     * @param student whether it competes for the best score; an ensemble is there to be reached
     * @param parameters trainable numbers, of an ensemble in all members; null if that is not known
     * @param values by metric; what was not measured is left out
     */
    record Row(String name, boolean student, @Nullable Long parameters, Map<Metric, SampleSummary> values) {

        Row {
            values = Map.copyOf(values);
        }

        static Row of(String name, boolean student, @Nullable Long parameters, List<ModelScores> seeds) {
            Map<Metric, SampleSummary> values = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                double[] measured = seeds.stream()
                        .map(metric::of)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
                if (measured.length > 0) {
                    values.put(metric, SampleSummary.of(measured));
                }
            }
            return new Row(name, student, parameters, values);
        }
    }

    /** Ensembles by identity and students by recipe, in the order in which they came. */
    static final class Builder {

        private final Map<String, Row> ensembles = new LinkedHashMap<>();
        private final Map<String, Student> students = new LinkedHashMap<>();
        private String split = "";

        void ensemble(String identity, String name, @Nullable Long parameters, ModelScores scores) {
            ensembles.putIfAbsent(identity, Row.of(name, false, parameters, List.of(scores)));
        }

        void student(String recipe, long parameters, String measuredOn, ModelScores scores) {
            if (!split.isEmpty() && !split.equals(measuredOn)) {
                throw new IllegalStateException("recipe " + recipe + " is scored on the " + measuredOn
                        + " split, those before it on the " + split + " split");
            }
            split = measuredOn;
            students.computeIfAbsent(recipe, unseen -> new Student(parameters, new ArrayList<>()))
                    .seeds()
                    .add(scores);
        }

        Comparison build() {
            List<Row> rows = new ArrayList<>(ensembles.values());
            students.forEach(
                    (recipe, student) -> rows.add(Row.of(recipe, true, student.parameters(), student.seeds())));
            int seeds = students.values().stream()
                    .mapToInt(student -> student.seeds().size())
                    .max()
                    .orElse(0);
            return new Comparison(split, seeds, rows);
        }

        private record Student(long parameters, List<ModelScores> seeds) {}
    }

    /** Metrics in which no student's mean is better than this row's; none for an ensemble. */
    Set<Metric> best(Row row) {
        Set<Metric> best = EnumSet.noneOf(Metric.class);
        if (!row.student()) {
            return best;
        }
        row.values().forEach((metric, own) -> {
            boolean beaten = rows.stream()
                    .filter(Row::student)
                    .map(other -> other.values().get(metric))
                    .filter(Objects::nonNull)
                    .anyMatch(other -> metric.isBetter(other.mean(), own.mean()));
            if (metric.ranks() && !beaten) {
                best.add(metric);
            }
        });
        return best;
    }
}
