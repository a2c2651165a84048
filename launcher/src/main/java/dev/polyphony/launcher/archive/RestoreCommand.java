package dev.polyphony.launcher.archive;

import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.place.Claim;
import dev.polyphony.launcher.place.FileClaim;
import dev.polyphony.launcher.run.DownloadBar;
import dev.polyphony.launcher.text.Bytes;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import dev.polyphony.streaming.KafkaClients;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony restore}: an archived stream comes back. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Bring an archived stream back onto a broker, after its files have been verified.",
            "Interrupted, the same command begins again; nothing works on the stream before it is whole."
        })
public final class RestoreCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "What 'polyphony archive' wrote.")
    private Path archive = Path.of("");

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "1",
            description = "Copies of each record; ${DEFAULT-VALUE} otherwise.")
    private short replicationFactor;

    @Mixin
    private WorkOption work = new WorkOption();

    @Mixin
    private ClusterOption broker = new ClusterOption();

    @Override
    public void run() {
        if (replicationFactor < 1) {
            throw new LauncherMistake("--replication-factor takes a number of at least 1, not " + replicationFactor);
        }
        Manifest manifest = Manifest.read(archive);
        WorkDirectory directory = work.directory();
        boolean restored;
        try (DownloadBar bar = DownloadBar.onScreen()) {
            new ArchiveCheck(archive, bar).verify(manifest);
            restored = restore(directory, manifest, bar);
        }
        new StreamFiles(new DirectoryModelStore(directory.store())).keep(manifest.parts(Manifest.NAME));
        say("stream " + manifest.streamId() + ": "
                + (restored ? "restored, " : "was there already, record for record, ") + manifest.steps() + " steps, "
                + Bytes.text(manifest.bytes()));
    }

    private boolean restore(WorkDirectory directory, Manifest manifest, DownloadBar bar) {
        try (WorkBroker open = WorkBroker.openOrCreate(directory, broker.cluster())) {
            FileClaim recording = Claim.STREAM.take(directory, manifest.streamId());
            try {
                KafkaClients clients = open.cluster().clients();
                return new StreamRestorer(clients, archive, manifest, replicationFactor, bar, this::say).restore();
            } finally {
                recording.close();
            }
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
