package dev.polyphony.launcher.replay;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.run.Results;
import dev.polyphony.launcher.run.Run;
import dev.polyphony.launcher.run.RunCommand;
import dev.polyphony.launcher.run.RunOptions;
import dev.polyphony.launcher.run.RunRequest;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polyphony replay}: another student of a stream. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Train a further student from a recorded stream alone: nothing is perturbed or taught, and the ensemble need"
                    + " not exist any more.",
            "A stream that another run is recording in the same work directory is learnt from meanwhile.",
            "Stopped, the same command goes on where it stopped."
        })
public final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "STREAM", description = "Identity of a stream; 'polyphony streams' lists them.")
    private String stream = "";

    @Option(
            names = "--recipe",
            required = true,
            paramLabel = "RECIPE",
            description =
                    "Says what the student is, and agrees with the stream in all other parts: a name from 'polyphony"
                            + " recipes', or a YAML file.")
    private String recipe = "";

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() {
        RunRequest request = options.request(recipe);
        Experiment experiment = Run.open(request);
        requireSame(request.work(), experiment);
        try {
            Run.replay(request, experiment, Results::show);
            return 0;
        } catch (CancellationException stopped) {
            return RunCommand.STOPPED;
        }
    }

    private void requireSame(WorkDirectory work, Experiment experiment) {
        String wanted = experiment.identities().streamId();
        if (stream.equals(wanted)) {
            return;
        }
        Optional<StreamParts> known = stream.matches("[0-9a-f]+")
                ? new StreamFiles(new DirectoryModelStore(work.store())).find(stream)
                : Optional.empty();
        if (known.isEmpty()) {
            throw new LauncherMistake(
                    "the work directory " + work.root() + " knows of no stream " + stream + "; recipe " + recipe
                            + " has stream " + wanted + ". 'polyphony streams' lists those that are recorded");
        }
        StreamParts asked =
                StreamParts.of(experiment.recipe(), experiment.dataset().checksums(), work.imported());
        throw new LauncherMistake("recipe " + recipe + " has another stream, " + wanted + ". They differ in:\n  "
                + String.join("\n  ", known.get().differences(asked, "in " + stream, "in the recipe")));
    }
}
