package dev.polyphony.launcher.delete;

import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkLock;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.recorded.TopicAdmin;
import dev.polyphony.launcher.text.Bytes;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ImportedEnsemble;
import dev.polyphony.models.store.StreamFiles;
import dev.polyphony.streaming.StreamTopics;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony delete}: frees what a stream, a run or an ensemble takes. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Delete a stream, a run or an ensemble, after telling what that frees and what depends on it.",
            "Nothing may be running in the work directory."
        })
public final class DeleteCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ID",
            description = "Identity of a stream, a run or an ensemble, or the name of an imported ensemble.")
    private String id = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private WorkOption work = new WorkOption();

    @Mixin
    private ClusterOption broker = new ClusterOption();

    private final Confirmation confirmation;

    /** Asks at the terminal. */
    public DeleteCommand() {
        this(Confirmation.AT_TERMINAL);
    }

    DeleteCommand(Confirmation confirmation) {
        this.confirmation = confirmation;
    }

    @Override
    public void run() {
        if (!id.matches("[a-z0-9-]{1,64}")) {
            throw new LauncherMistake("an identity consists of hexadecimal digits, unlike " + id
                    + "; 'polyphony status' and 'polyphony streams' list what there is");
        }
        WorkDirectory directory = work.directory();
        Optional<Deletion> inStore = inStore(directory);
        if (inStore.isPresent()) {
            WorkLock lock = WorkLock.take(directory);
            try {
                delete(inStore.get());
            } finally {
                lock.close();
            }
            return;
        }
        Cluster remote = broker.cluster();
        if (remote == null && !WorkBroker.exists(directory)) {
            throw unknown(directory);
        }
        try (WorkBroker open = WorkBroker.openAlone(directory, remote);
                Admin admin = open.cluster().clients().admin()) {
            delete(inBroker(directory, admin));
        }
    }

    private Optional<Deletion> inStore(WorkDirectory directory) {
        if (Files.isDirectory(directory.store().resolve("runs").resolve(id))) {
            return Optional.of(new RunDeletion(directory, id));
        }
        if (Files.isDirectory(directory.store().resolve("ensembles").resolve(id))) {
            return Optional.of(EnsembleDeletion.trained(directory, id));
        }
        if (EnsemblePart.Imported.isName(id)) {
            Optional<ImportedEnsemble> imported = directory.imported().find(id);
            return imported.map(ensemble -> EnsembleDeletion.imported(directory, id, ensemble));
        }
        return Optional.empty();
    }

    private Deletion inBroker(WorkDirectory directory, Admin admin) {
        StreamTopics stream = new StreamTopics(id);
        boolean known = new StreamFiles(new DirectoryModelStore(directory.store()))
                .identities()
                .contains(id);
        if (!known
                && new TopicAdmin(admin).names().stream().noneMatch(topic -> StreamTopics.streamOf(topic)
                        .filter(stream.streamId()::equals)
                        .isPresent())) {
            throw unknown(directory);
        }
        return new StreamDeletion(directory, admin, id);
    }

    private LauncherMistake unknown(WorkDirectory directory) {
        return new LauncherMistake("there is no stream, run or ensemble " + id + " in the work directory "
                + directory.root() + "; 'polyphony status' and 'polyphony streams' list what there is");
    }

    private void delete(Deletion deletion) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("deleting " + deletion.name() + " frees " + Bytes.text(deletion.bytes()));
        deletion.dependents().forEach(dependent -> out.println("  " + dependent));
        out.flush();
        if (yes || confirmation.confirm("Delete " + deletion.name() + "?")) {
            deletion.execute();
            out.println(deletion.name() + " is deleted");
        } else {
            out.println("nothing was deleted");
        }
        out.flush();
    }
}
