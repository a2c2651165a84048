package dev.polyphony.launcher.export;

import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.StepRange;
import dev.polyphony.models.store.DirectoryModelStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony export}: streams and models in files that Python opens. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(stream | model)",
        description = "Write a part of a stream, or a model, into files that other programs open.")
public final class ExportCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "what is to be exported? For example: polyphony export model ID --to DIR");
    }

    @Command(
            name = "stream",
            mixinStandardHelpOptions = true,
            description = {
                "Write steps of a recorded stream into an NPZ archive, as numpy.load opens it.",
                "Arrays: step, member, images, perturbation, labels, indices, guide, logits [members, images, classes];"
                        + " of each step: steps, seed, kind (ASCII; kind.view('S8') in numpy)."
            })
    void stream(
            @Parameters(paramLabel = "ID", description = "Identity of the stream; a run says it.") String id,
            @Option(
                            names = "--steps",
                            required = true,
                            paramLabel = "A..B",
                            description = "First and last step, both included, from 0.")
                    String steps,
            @Option(names = "--to", required = true, paramLabel = "FILE.npz", description = "The archive to write.")
                    Path file,
            @Mixin ClusterOption cluster,
            @Mixin WorkOption work) {
        StepRange range = StepRange.parse(steps);
        StreamArchive archive;
        try (WorkBroker broker = WorkBroker.open(work.directory(), cluster.cluster())) {
            RecordedStream stream = new RecordedStream(broker.clients(), id);
            stream.require(range);
            archive = new StreamArchive(stream.minibatches(range), stream.logits(range));
        }
        archive.write(file);
        say(file + ": steps " + range + ", " + archive.images() + " images");
    }

    @Command(
            name = "model",
            mixinStandardHelpOptions = true,
            description = {
                "Copy a run's student or an ensemble's members out of the store.",
                "Weights are safetensors files; model.json says what they are and where they come from."
            })
    void model(
            @Parameters(paramLabel = "ID", description = "Identity of a run or an ensemble.") String id,
            @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to write.")
                    Path directory,
            @Mixin WorkOption work) {
        new ModelExport(new DirectoryModelStore(work.directory().store()))
                .export(id, directory)
                .forEach(file -> say(file.toString()));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
