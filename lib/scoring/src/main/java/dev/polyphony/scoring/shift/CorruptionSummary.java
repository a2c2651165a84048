package dev.polyphony.scoring.shift;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Scores on corrupted data (paper, sec. A.1, fig. 9 and table 3). Every corruption counts alike at every severity; at the
 * paper's size these are 15 times 5. Standard and calibrated scores are summed up apart.
 *
 * @param cells all scores, one for each corruption and severity, in the order given
 * @param bySeverity boxes over the corruptions, by ascending severity
 * @param mean each score's mean over all cells
 */
public record CorruptionSummary(List<CorruptionScores> cells, List<Severity> bySeverity, Scores mean) {

    /**
     * One severity, over all corruptions.
     *
     * @param severity at least 1
     * @param accuracy of the corruptions' accuracies, 0 to 1
     * @param nll of the corruptions' negative log-likelihoods, in nats
     * @param brier of the corruptions' Brier scores, 0 to 2
     * @param ece of the corruptions' expected calibration errors, 0 to 1
     */
    public record Severity(
            int severity, BoxStatistics accuracy, BoxStatistics nll, BoxStatistics brier, BoxStatistics ece) {

        private static Severity of(int severity, List<CorruptionScores> cells) {
            return new Severity(
                    severity,
                    box(cells, Scores::accuracy),
                    box(cells, Scores::nll),
                    box(cells, Scores::brier),
                    box(cells, Scores::ece));
        }

        private static BoxStatistics box(List<CorruptionScores> cells, ToDoubleFunction<Scores> score) {
            return BoxStatistics.of(cells.stream()
                    .map(CorruptionScores::scores)
                    .mapToDouble(score)
                    .toArray());
        }
    }

    public CorruptionSummary {
        cells = List.copyOf(cells);
        bySeverity = List.copyOf(bySeverity);
    }

    /**
     * Sums up scores.
     *
     * @param cells each corruption at the same severities, at least one, none twice
     * @throws IllegalArgumentException naming the corruption and severity that is missing or there twice
     */
    public static CorruptionSummary of(List<CorruptionScores> cells) {
        requireGrid(cells);
        TreeMap<Integer, List<CorruptionScores>> bySeverity =
                cells.stream().collect(groupingBy(CorruptionScores::severity, TreeMap::new, toList()));
        return new CorruptionSummary(
                cells,
                bySeverity.entrySet().stream()
                        .map(entry -> Severity.of(entry.getKey(), entry.getValue()))
                        .toList(),
                new Scores(
                        mean(cells, Scores::accuracy),
                        mean(cells, Scores::nll),
                        mean(cells, Scores::brier),
                        mean(cells, Scores::ece)));
    }

    private static void requireGrid(List<CorruptionScores> cells) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("At least one corruption is needed");
        }
        Set<List<Object>> seen = new HashSet<>();
        Set<String> corruptions = new TreeSet<>();
        Set<Integer> severities = new TreeSet<>();
        for (CorruptionScores cell : cells) {
            if (!seen.add(List.of(cell.corruption(), cell.severity()))) {
                throw new IllegalArgumentException(
                        "Corruption " + cell.corruption() + " is there twice at severity " + cell.severity());
            }
            corruptions.add(cell.corruption());
            severities.add(cell.severity());
        }
        for (String corruption : corruptions) {
            for (int severity : severities) {
                if (!seen.contains(List.<Object>of(corruption, severity))) {
                    throw new IllegalArgumentException(
                            "Corruption " + corruption + " has no scores at severity " + severity);
                }
            }
        }
    }

    private static double mean(List<CorruptionScores> cells, ToDoubleFunction<Scores> score) {
        return cells.stream()
                .map(CorruptionScores::scores)
                .mapToDouble(score)
                .average()
                .orElseThrow();
    }
}
