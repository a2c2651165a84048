package dev.polyphony.launcher;

import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where everything lies that runs leave behind.
 *
 * @param root absolute path; need not exist yet
 */
public record WorkDirectory(Path root) {

    public WorkDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** The directory of the model store. */
    public Path store() {
        return root.resolve("store");
    }

    /** The ensembles imported into the model store. */
    public ImportedEnsembleFiles imported() {
        return new ImportedEnsembleFiles(new DirectoryModelStore(store()));
    }

    /** Where downloaded data sets lie unless the user says otherwise. */
    public Path data() {
        return root.resolve("data");
    }

    /** Where the local broker keeps its records. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Where the local broker keeps its partitions. */
    public Path records() {
        return kafka().resolve("records");
    }

    /** The log of one process. */
    public Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    /** Process ids of the children now running, by name. */
    public Path pids() {
        return root.resolve("run/pids.json");
    }

    /** Where services write their HTTP ports, and launchers the process ids of their children. */
    public Path processes() {
        return root.resolve("run");
    }

    /** Where a service writes its HTTP port. */
    public Path port(String name) {
        return processes().resolve(name + ".port");
    }

    /** What a Prometheus that watches runs keeps. */
    public Path prometheus() {
        return root.resolve("prometheus");
    }

    /** Process ids of the children of a launcher that is attached to another one's broker. */
    public Path pids(String runId) {
        return root.resolve("run/pids-" + runId + ".json");
    }

    /** The lists of all launchers. */
    List<Path> allPids() {
        return new FileTree(root.resolve("run"))
                .children().stream()
                        .filter(file -> file.getFileName().toString().matches("pids(-[0-9a-f]+)?\\.json"))
                        .toList();
    }

    /** The file that a running launcher holds locked. */
    public Path lock() {
        return root.resolve("run/lock");
    }

    /** The file that attached launchers share the lock of. */
    public Path attached() {
        return root.resolve("run/attached");
    }

    /** Where the launcher that has the broker says so. */
    public Path owner() {
        return root.resolve("run/broker.json");
    }

    /** The file that a launcher holds locked as long as it works on something that only one may work on. */
    public Path claim(String kind, String id) {
        return root.resolve("run/claims").resolve(kind + "-" + id);
    }

    /** A file of a finished or unfinished run. */
    public Path run(String runId, String file) {
        return store().resolve("runs").resolve(runId).resolve(file);
    }

    /** Makes the directories that processes write to. */
    public void create() {
        try {
            for (String directory : new String[] {"store", "logs", "run"}) {
                Files.createDirectories(root.resolve(directory));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the work directory " + root, e);
        }
    }
}
