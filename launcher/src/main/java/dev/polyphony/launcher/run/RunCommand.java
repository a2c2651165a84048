package dev.polyphony.launcher.run;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code polyphony run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Train what is missing, record the stream, distil it into the student, and report.",
            "Stopped with Ctrl-C or otherwise, the same command goes on where it stopped."
        })
public final class RunCommand implements Callable<Integer> {

    /** Exit code of a command that was stopped. */
    public static final int STOPPED = 130;

    @Parameters(paramLabel = "RECIPE", description = "A name from 'polyphony recipes', or a YAML file.")
    private String recipe = "";

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        try {
            Run.execute(options.request(recipe), Results::show);
            return 0;
        } catch (CancellationException stopped) {
            return STOPPED;
        }
    }
}
