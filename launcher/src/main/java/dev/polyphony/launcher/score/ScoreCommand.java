package dev.polyphony.launcher.score;

import dev.polyphony.scoring.Assessment;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony score}: metrics of any saved predictions. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Score saved predictions: accuracy, negative log-likelihood, Brier score, expected calibration error.",
            "FILE holds the arrays logits [members, samples, classes] or [samples, classes] and labels [samples],"
                    + " and for a temperature validation_logits and validation_labels."
        })
public final class ScoreCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "An NPZ archive, as numpy.savez writes it.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print one JSON object; fractions, not percent.")
    private boolean json;

    @Override
    public void run() {
        PredictionsFile predictions = PredictionsFile.read(file);
        ScoreDocument scores = ScoreDocument.of(Assessment.of(predictions.test(), predictions.validation()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(scores.toJson());
        } else {
            out.print(ScoreTable.of(scores));
        }
        out.flush();
    }
}
