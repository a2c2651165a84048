package dev.polyphony.launcher.score;

import dev.polyphony.launcher.text.TextTable;
import dev.polyphony.scoring.Scores;
import java.util.Locale;

/** What {@code polyphony score} prints for people. */
final class ScoreTable {

    private ScoreTable() {}

    static String of(ScoreDocument scores) {
        TextTable table = new TextTable("", "accuracy", "NLL", "Brier", "ECE");
        add(table, scores.members() == 1 ? "standard" : "ensemble", scores.standard());
        if (scores.calibrated() != null) {
            add(table, "calibrated", scores.calibrated());
        }
        if (scores.members() > 1) {
            for (int m = 0; m < scores.members(); m++) {
                add(table, "member " + m, scores.perMember().get(m));
            }
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d samples, %d classes, %d %s%n%n%s",
                scores.samples(),
                scores.classes(),
                scores.members(),
                scores.members() == 1 ? "member" : "members",
                table));
        text.append(System.lineSeparator());
        if (scores.temperature() != null) {
            line(text, "temperature", scores.temperature());
        }
        line(text, "ECE, equal-mass bins", scores.calibrationErrors().adaptive());
        line(text, "ECE, class-wise", scores.calibrationErrors().classwise());
        line(text, "AURC", scores.riskCoverageArea());
        if (scores.members() > 1) {
            line(text, "mean-KLD", scores.meanKld());
            line(text, "disagreement", scores.disagreement());
            line(text, "mutual information", scores.mutualInformation());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, double value) {
        text.append(String.format(Locale.ROOT, "%-21s %.4f%n", name, value));
    }

    private static void add(TextTable table, String name, Scores scores) {
        table.row(name, number(scores.accuracy()), number(scores.nll()), number(scores.brier()), number(scores.ece()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
