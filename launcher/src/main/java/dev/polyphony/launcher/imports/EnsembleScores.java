package dev.polyphony.launcher.imports;

import dev.polyphony.launcher.text.TextTable;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.Scores;
import java.util.Locale;

/**
 * Scores of an ensemble and its members.
 *
 * @param validation calibrated on itself
 * @param test calibrated on the validation split
 */
record EnsembleScores(Assessment validation, Assessment test) {

    static EnsembleScores of(Predictions validation, Predictions test) {
        return new EnsembleScores(Assessment.of(validation, validation), Assessment.of(test, validation));
    }

    /** Both as tables for a terminal. */
    @Override
    public String toString() {
        return table("validation", validation) + table("test", test);
    }

    private static String table(String split, Assessment scores) {
        TextTable table = new TextTable(split + ", " + scores.samples() + " images", "accuracy", "NLL", "Brier", "ECE");
        for (int member = 0; member < scores.members(); member++) {
            add(table, "member " + member, scores.perMember().get(member));
        }
        add(table, "ensemble", scores.standard());
        scores.calibrated().ifPresent(calibrated -> add(table, "ensemble, calibrated", calibrated));
        return String.format(
                Locale.ROOT, "%n%smean-KLD %.4f, disagreement %.4f%n", table, scores.meanKld(), scores.disagreement());
    }

    private static void add(TextTable table, String name, Scores scores) {
        table.row(name, number(scores.accuracy()), number(scores.nll()), number(scores.brier()), number(scores.ece()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
