package dev.polyphony.launcher.report;

import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.scoring.CalibrationErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scores of ensemble and student that the paper does not define: nothing where the evaluator did not measure them. */
final class MoreScores {

    private final @Nullable Split ensemble;
    private final Split student;

    MoreScores(RunFacts facts) {
        Evaluation teachers = facts.ensemble();
        this.ensemble = teachers == null ? null : teachers.reported();
        this.student = facts.student().reported();
    }

    String toHtml() {
        if ((ensemble != null && ensemble.calibrationErrors() == null) || student.calibrationErrors() == null) {
            return "";
        }
        Html html = new Html().element("h3", "More scores").open("table", "scores");
        html.raw("<thead>")
                .row(
                        "",
                        "th",
                        List.of(
                                "",
                                "ECE, equal-mass bins",
                                "ECE, class-wise",
                                "AURC",
                                "mutual information",
                                "disagreement"))
                .raw("</thead><tbody>");
        if (ensemble != null) {
            add(html, "teacher ensemble", ensemble);
        }
        add(html, "student", student);
        html.raw("</tbody>").close("table");
        return html.element(
                        "p",
                        "note",
                        "Lower is better for the first three. AURC: area under the curve of risk and coverage, that is the"
                                + " error rate among the most confident predictions, averaged over how many are kept."
                                + " Mutual information of prediction and member, in nats, and the share of images on"
                                + " which two members disagree, say how diverse members are. Calibrated: at the"
                                + " temperature that fits the validation split best.")
                .toString();
    }

    private static void add(Html html, String name, Split split) {
        boolean several = split.members() > 1;
        html.row(
                "whole",
                "td",
                row(
                        name,
                        split.calibrationErrors(),
                        split.riskCoverageArea(),
                        several ? split.mutualInformation() : null,
                        several ? split.disagreement() : null));
        if (split.calibrationErrorsCalibrated() != null) {
            html.row(
                    "part",
                    "td",
                    row(
                            "calibrated",
                            split.calibrationErrorsCalibrated(),
                            split.riskCoverageAreaCalibrated(),
                            null,
                            null));
        }
    }

    private static List<String> row(
            String name,
            @Nullable CalibrationErrors errors,
            @Nullable Double riskCoverageArea,
            @Nullable Double mutualInformation,
            @Nullable Double disagreement) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.add(number(errors == null ? null : errors.adaptive()));
        cells.add(number(errors == null ? null : errors.classwise()));
        cells.add(number(riskCoverageArea));
        cells.add(number(mutualInformation));
        cells.add(number(disagreement));
        return cells;
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
