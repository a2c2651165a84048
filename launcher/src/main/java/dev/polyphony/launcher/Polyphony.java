package dev.polyphony.launcher;

import dev.polyphony.experiment.UserMistake;
import dev.polyphony.launcher.archive.ArchiveCommand;
import dev.polyphony.launcher.archive.RestoreCommand;
import dev.polyphony.launcher.cluster.fetch.FetchCommand;
import dev.polyphony.launcher.cluster.submit.SubmitCommand;
import dev.polyphony.launcher.cluster.watch.LogsCommand;
import dev.polyphony.launcher.compare.CompareCommand;
import dev.polyphony.launcher.deadletters.DeadLettersCommand;
import dev.polyphony.launcher.delete.DeleteCommand;
import dev.polyphony.launcher.export.ExportCommand;
import dev.polyphony.launcher.figures.FiguresCommand;
import dev.polyphony.launcher.imports.ImportCommand;
import dev.polyphony.launcher.replay.ReplayCommand;
import dev.polyphony.launcher.run.RunCommand;
import dev.polyphony.launcher.score.ScoreCommand;
import dev.polyphony.launcher.streams.StreamsCommand;
import dev.polyphony.launcher.verify.VerifyCommand;
import dev.polyphony.streaming.access.Refusal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code polyphony}. */
@Command(
        name = "polyphony",
        mixinStandardHelpOptions = true,
        version = "polyphony 0.1.0-SNAPSHOT",
        header = "Distils a deep ensemble into one BatchEnsemble network, as a stream.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:a mistake in what was asked for; the message says which",
            "130:stopped by Ctrl-C; the same command goes on where it stopped"
        },
        subcommands = {
            RunCommand.class,
            CompareCommand.class,
            FiguresCommand.class,
            RecipesCommand.class,
            StatusCommand.class,
            ScoreCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            VerifyCommand.class,
            DeadLettersCommand.class,
            ReplayCommand.class,
            StreamsCommand.class,
            ArchiveCommand.class,
            RestoreCommand.class,
            DeleteCommand.class,
            SubmitCommand.class,
            LogsCommand.class,
            FetchCommand.class
        })
public final class Polyphony implements Runnable {

    static final int FAILED = 1;
    static final int MISTAKE = 2;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the program an error arose.")
    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its subcommands. */
    public static CommandLine commandLine() {
        Polyphony root = new Polyphony();
        CommandLine line = new CommandLine(root);
        line.setExecutionExceptionHandler((failure, command, parsed) -> root.explain(failure, command.getErr()));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? For example: polyphony run tiny");
    }

    private int explain(Exception failure, PrintWriter err) {
        Optional<String> refusal = Refusal.explain(failure, Refusal.LAUNCHER, Map.of());
        boolean mistake = failure instanceof UserMistake || refusal.isPresent();
        if (debug) {
            failure.printStackTrace(err);
        } else if (refusal.isPresent()) {
            err.println("polyphony: " + refusal.get());
        } else if (mistake || failure.getMessage() != null) {
            err.println("polyphony: " + failure.getMessage());
        } else {
            err.println("polyphony: " + failure);
        }
        if (!mistake && !debug) {
            err.println("(--debug shows where this arose)");
        }
        err.flush();
        return mistake ? MISTAKE : FAILED;
    }
}
