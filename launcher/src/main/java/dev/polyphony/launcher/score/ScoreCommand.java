package dev.polyphony.launcher.score;

import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Scores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony score}: the metrics of saved predictions. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Print the metrics of saved predictions.",
            "The NPZ file holds logits [M,N,K] or [N,K] and integer labels [N]; with validation_logits and"
                    + " validation_labels a temperature is fitted on those and the calibrated scores are printed too."
        })
public final class ScoreCommand implements Runnable {

    @Parameters(paramLabel = "FILE.npz", description = "The predictions.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print one JSON object instead of a table; fractions, not percent.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        SavedPredictions predictions = SavedPredictions.read(file);
        Assessment scores = Assessment.of(predictions.test(), predictions.validation());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ScoreDocument.of(scores).toJson());
        } else {
            print(scores, out);
        }
        out.flush();
    }

    private static void print(Assessment scores, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d samples, %d classes, %d members%n%n",
                scores.samples(),
                scores.classes(),
                scores.members());
        out.printf(Locale.ROOT, "%-16s %10s %10s %10s %10s%n", "", "accuracy", "NLL", "Brier", "ECE");
        row(out, "standard", scores.standard());
        scores.calibrated().ifPresent(calibrated -> row(out, "calibrated", calibrated));
        for (int m = 0; m < scores.perMember().size(); m++) {
            row(out, "member " + m, scores.perMember().get(m));
        }
        out.println();
        scores.temperature().ifPresent(t -> out.printf(Locale.ROOT, "%-16s %10.6f%n", "temperature", t));
        out.printf(Locale.ROOT, "%-16s %10.6f%n", "mean-KLD", scores.meanKld());
        out.printf(Locale.ROOT, "%-16s %10.6f%n", "disagreement", scores.disagreement());
    }

    private static void row(PrintWriter out, String name, Scores scores) {
        out.printf(
                Locale.ROOT,
                "%-16s %10.6f %10.6f %10.6f %10.6f%n",
                name,
                scores.accuracy(),
                scores.nll(),
                scores.brier(),
                scores.ece());
    }
}
