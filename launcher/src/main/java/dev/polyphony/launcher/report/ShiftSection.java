package dev.polyphony.launcher.report;

import dev.polyphony.launcher.report.Shift.Cell;
import dev.polyphony.launcher.report.Shift.Corruptions;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.shift.CorruptionSummary;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ensemble and student on images unlike those that they were trained on: nothing where the recipe asks for none. */
final class ShiftSection {

    private final @Nullable Shift ensemble;
    private final @Nullable Shift student;

    ShiftSection(RunFacts facts) {
        this.ensemble = facts.ensembleShift();
        this.student = facts.studentShift();
    }

    String toHtml() {
        if (ensemble == null || student == null) {
            return "";
        }
        Html html = new Html().open("section", "").element("h2", "Other images");
        corrupted(html, ensemble.corruptions(), student.corruptions());
        foreign(html, ensemble, student);
        return html.close("section").toString();
    }

    private static void corrupted(Html html, @Nullable Corruptions ensemble, @Nullable Corruptions student) {
        if (ensemble == null || student == null) {
            return;
        }
        html.open("table", "scores").raw("<thead>");
        html.row("", "th", List.of("corrupted test images", "accuracy", "NLL", "ECE", "cNLL", "cECE"));
        html.raw("</thead><tbody>");
        corrupted(html, "teacher ensemble", ensemble);
        corrupted(html, "student", student);
        html.raw("</tbody>").close("table");
        html.element(
                "p",
                "note",
                "Means over "
                        + ensemble.cells().stream()
                                .map(Cell::corruption)
                                .distinct()
                                .count()
                        + " corruptions (" + ensemble.source()
                        + "); severity 1 is the mildest. cNLL, cECE: at the temperature of the clean validation split.");
    }

    private static void corrupted(Html html, String name, Corruptions corruptions) {
        CorruptionSummary standard = corruptions.summary(Cell::standard);
        CorruptionSummary calibrated = corruptions.summary(ShiftSection::calibrated);
        html.row(
                "whole",
                "td",
                row(
                        name,
                        standard.mean().accuracy(),
                        standard.mean().nll(),
                        standard.mean().ece(),
                        calibrated.mean().nll(),
                        calibrated.mean().ece()));
        for (int i = 0; i < standard.bySeverity().size(); i++) {
            CorruptionSummary.Severity plain = standard.bySeverity().get(i);
            CorruptionSummary.Severity scaled = calibrated.bySeverity().get(i);
            html.row(
                    "part",
                    "td",
                    row(
                            "severity " + plain.severity(),
                            plain.accuracy().mean(),
                            plain.nll().mean(),
                            plain.ece().mean(),
                            scaled.nll().mean(),
                            scaled.ece().mean()));
        }
    }

    /** Documents without a validation split have no temperature, and show what there is. */
    private static Scores calibrated(Cell cell) {
        Scores calibrated = cell.calibrated();
        return calibrated == null ? cell.standard() : calibrated;
    }

    private static void foreign(Html html, Shift ensemble, Shift student) {
        if (student.outOfDistribution().isEmpty()) {
            return;
        }
        html.open("table", "scores").raw("<thead>");
        html.row("", "th", List.of("foreign images", "entropy", "AUROC", "AUPR in", "AUPR out", "FPR95"));
        html.raw("</thead><tbody>");
        student.outOfDistribution().forEach((set, scores) -> {
            OutOfDistribution teachers = ensemble.outOfDistribution().get(set);
            if (teachers != null) {
                html.row("whole", "td", row(set + ", teacher ensemble", values(teachers)));
            }
            html.row("whole", "td", row(set + ", student", values(scores)));
        });
        html.raw("</tbody>").close("table");
        html.element(
                "p",
                "note",
                "Entropy in nats, mean over the foreign images. How well it tells them from the test images: areas under"
                        + " the curves, higher is better, and the share of foreign images taken in where 95 % of the test"
                        + " images are, lower is better.");
    }

    private static double[] values(OutOfDistribution scores) {
        return new double[] {
            scores.meanEntropyOut(), scores.auroc(), scores.auprIn(), scores.auprOut(), scores.fpr95In()
        };
    }

    private static List<String> row(String name, double... values) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (double value : values) {
            cells.add(String.format(Locale.ROOT, "%.4f", value));
        }
        return cells;
    }
}
