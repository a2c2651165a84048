package dev.polyphony.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What a run stood, by kind of fault. */
record FaultTable(Outcome outcome) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * All faults of a kind.
     *
     * @param fault its name
     * @param times how often
     * @param lost steps that went missing while they happened
     * @param duplicated steps that were committed twice while they happened
     * @param medianSeconds of their recoveries
     * @param maximumSeconds of their recoveries
     */
    record Row(String fault, int times, long lost, long duplicated, double medianSeconds, double maximumSeconds) {}

    /** In alphabetical order, and all together at the end. */
    List<Row> rows() {
        Map<String, List<Occurrence>> byFault = outcome.faults().stream()
                .collect(Collectors.groupingBy(Occurrence::fault, TreeMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        byFault.forEach((fault, occurrences) -> rows.add(row(
                fault,
                occurrences,
                within(outcome.ledger().lost(), occurrences),
                within(outcome.ledger().duplicated(), occurrences))));
        rows.add(row(
                "all",
                outcome.faults(),
                outcome.ledger().lost().size(),
                outcome.ledger().duplicated().size()));
        return List.copyOf(rows);
    }

    private static Row row(String fault, List<Occurrence> occurrences, long lost, long duplicated) {
        double[] sorted = occurrences.stream()
                .mapToDouble(Occurrence::recoverySeconds)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Row(fault, sorted.length, lost, duplicated, median, sorted[sorted.length - 1]);
    }

    private static long within(SortedSet<Long> steps, List<Occurrence> occurrences) {
        return steps.stream()
                .filter(step -> occurrences.stream()
                        .anyMatch(occurrence -> step >= occurrence.fromStep() && step <= occurrence.toStep()))
                .count();
    }

    /** For people. */
    String markdown() {
        StringBuilder text = new StringBuilder("""
                | fault | times | lost | duplicated | identical | recovery, median | maximum |
                |---|---|---|---|---|---|---|
                """);
        for (Row row : rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %s | %.1f s | %.1f s |%n",
                    row.fault,
                    row.times,
                    row.lost,
                    row.duplicated,
                    outcome.identical() ? "yes" : "no",
                    row.medianSeconds,
                    row.maximumSeconds));
        }
        return text.toString();
    }

    /** Writes {@code NAME.md} with the table and {@code NAME.json} with each fault. */
    void write(Path directory, long seed) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(outcome.scenario() + ".md"), markdown());
            Files.writeString(
                    directory.resolve(outcome.scenario() + ".json"),
                    JSON.writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(Map.of("seed", seed, "outcome", outcome, "rows", rows()))
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the table", e);
        }
    }
}
