package dev.polyphony.launcher.archive;

import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.run.DownloadBar;
import dev.polyphony.launcher.text.Bytes;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony archive}: a stream leaves Kafka as files. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Write a complete stream into a directory: a file for each partition, and a manifest with their SHA-256.",
            "'polyphony restore' brings it back, on this broker or another. The stream stays where it is."
        })
public final class ArchiveCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "STREAM", description = "Identity of a stream; 'polyphony streams' lists them.")
    private String stream = "";

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The directory to make.")
    private Path to = Path.of("");

    @Mixin
    private WorkOption work = new WorkOption();

    @Mixin
    private ClusterOption broker = new ClusterOption();

    @Override
    public void run() {
        Path target = to.toAbsolutePath().normalize();
        StreamParts parts = parts(work.directory());
        Manifest manifest;
        try (WorkBroker open = WorkBroker.open(work.directory(), broker.cluster());
                DownloadBar bar = DownloadBar.onScreen()) {
            manifest = new StreamArchiver(open.cluster().clients(), parts, bar).write(target);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("stream " + stream + ": " + manifest.steps() + " steps, " + Bytes.text(manifest.bytes()) + " in "
                + manifest.files().size() + " files");
        out.println("archive " + target);
        out.flush();
    }

    private StreamParts parts(WorkDirectory directory) {
        if (!stream.matches("[0-9a-f]{1,64}")) {
            throw new LauncherMistake("a stream's identity consists of hexadecimal digits, unlike " + stream
                    + "; 'polyphony streams' lists them");
        }
        return new StreamFiles(new DirectoryModelStore(directory.store()))
                .find(stream)
                .orElseThrow(() -> new LauncherMistake("the work directory " + directory.root()
                        + " does not say what determines stream " + stream + ", which belongs into its archive. If"
                        + " 'polyphony streams' lists the stream, run its recipe once: that keeps it"));
    }
}
