package dev.polyphony.launcher.run;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.process.ThreadPlan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    private static final int STOPPED = 130;

    @Parameters(paramLabel = "RECIPE", description = "A name from 'polyphony recipes', or a YAML file.")
    private String recipe = "";

    @Mixin
    private WorkOption work = new WorkOption();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Use this Kafka cluster instead of starting a broker.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where downloaded data sets lie; data in the work directory otherwise.")
    private @Nullable Path data;

    @Option(names = "--cores", paramLabel = "N", description = "Cores to share out; all otherwise.")
    private @Nullable Integer cores;

    @Override
    public Integer call() {
        if (cores != null && cores < 1) {
            throw new LauncherMistake("--cores takes a number of at least 1, not " + cores);
        }
        WorkDirectory directory = work.directory();
        RunRequest request = new RunRequest(
                recipe,
                directory,
                data == null ? directory.data() : data.toAbsolutePath(),
                bootstrapServers,
                cores == null ? ThreadPlan.ofMachine() : new ThreadPlan(cores));
        try {
            Run.execute(request, new Installation(WorkOption.home()), Screen.of(System.out));
            return 0;
        } catch (CancellationException stopped) {
            return STOPPED;
        }
    }
}
