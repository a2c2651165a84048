package dev.polyphony.launcher.figures;

import dev.polyphony.launcher.run.RunCommand;
import dev.polyphony.launcher.run.RunOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony figures}: every figure of finished runs. */
@Command(
        name = "figures",
        mixinStandardHelpOptions = true,
        description = {
            "Draw every figure of finished runs, as PNG and SVG, and a page index.html that shows them.",
            "Each run's figures are in a directory of their own; those that set several runs side by side are beside them:",
            "runs that differ in their student's seed alone are pooled. What has not been measured yet is measured first."
        })
public final class FiguresCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Identities of finished runs, or as much of their beginning as is needed ('polyphony status'"
                    + " lists them); or recipes, by name or as YAML files.")
    private List<String> runs = List.of();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Where the figures are written; figures in the work directory otherwise.")
    private @Nullable Path to;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = to == null ? options.work().root().resolve("figures") : to;
        try {
            new FigureDrawing(options, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .all(runs, directory);
            return 0;
        } catch (CancellationException stopped) {
            return RunCommand.STOPPED;
        }
    }
}
