package dev.polyphony.launcher.cluster.fetch;

import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterNamespace;
import dev.polyphony.launcher.cluster.ClusterSession;
import dev.polyphony.launcher.cluster.Ownership;
import dev.polyphony.launcher.cluster.watch.NamespaceObjects;
import dev.polyphony.launcher.cluster.watch.Owner;
import dev.polyphony.models.format.AtomicFile;
import dev.polyphony.models.format.Seal;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ModelStore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings a finished run's files here, all or none. */
final class RunFetch {

    private static final String EVALUATOR = "evaluator";
    private static final String CHECKPOINTS = "checkpoints/";
    private static final String SUMMARY = "summary.json";

    private final ClusterNamespace place;
    private final boolean checkpoints;
    private final Consumer<String> say;

    /**
     * @param checkpoints whether to bring those, too
     * @param say told what is done
     */
    RunFetch(ClusterNamespace place, boolean checkpoints, Consumer<String> say) {
        this.place = place;
        this.checkpoints = checkpoints;
        this.say = say;
    }

    /**
     * Fetches a run.
     *
     * @param id identity, or the beginning of one
     * @param target where the files go, by the run's identity
     * @throws LauncherMistake if there is no such run, it is not finished, or a file is damaged; then nothing was written
     */
    void fetch(String id, Function<String, Path> target) {
        try (ClusterSession session = ClusterSession.open(place)) {
            NamespaceObjects objects = NamespaceObjects.read(session);
            Owner owner = objects.find(id, session);
            if (owner.kind() != Ownership.RUN) {
                throw new LauncherMistake(owner + " is no run; a student is what a run leaves");
            }
            Path directory = target.apply(owner.id()).toAbsolutePath();
            requireFree(directory);
            keep(stored(owner, objects, session), owner, directory);
        }
    }

    private static void requireFree(Path directory) {
        if (Files.isRegularFile(directory)
                || !new FileTree(directory).children().isEmpty()) {
            throw new LauncherMistake(directory + " is there already: delete it, or give another with --to DIR");
        }
    }

    private StoredRun stored(Owner run, NamespaceObjects objects, ClusterSession session) {
        Deployment evaluator = objects.deployments().stream()
                .filter(deployment -> run.equals(new Owner(Ownership.RUN, Ownership.RUN.idOf(deployment))))
                .findFirst()
                .orElseThrow(() -> new LauncherMistake("the evaluator of " + run + " is not there any more: 'polyphony"
                        + " submit' brings it back, and trains nothing again"));
        String store = ClusterStore.of(evaluator, session);
        String directory = "runs/" + run.id() + "/";
        if (store.startsWith("s3:")) {
            return new BucketRun(ModelStore.at(store), directory);
        }
        String pod = NamespaceObjects.ofService(objects.pods(), EVALUATOR).stream()
                .filter(candidate -> Ownership.RUN.idOf(candidate).equals(run.id()) && isRunning(candidate))
                .map(candidate -> candidate.getMetadata().getName())
                .findFirst()
                .orElseThrow(() -> new LauncherMistake("no pod of the evaluator of " + run
                        + " is running, and only through it can the store's volume be read; 'polyphony status "
                        + place.options() + "' says why"));
        return new PodRun(session, pod, store + "/" + directory);
    }

    private static boolean isRunning(Pod pod) {
        return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
    }

    private void keep(StoredRun run, Owner owner, Path directory) {
        List<String> files = run.files().stream()
                .filter(file -> checkpoints || !file.startsWith(CHECKPOINTS))
                .sorted()
                .toList();
        if (!files.contains(SUMMARY)) {
            throw new LauncherMistake(owner + " is not finished: there is no " + SUMMARY
                    + " in the store yet; 'polyphony" + " status " + place.options() + "' says how far it is");
        }
        Path temporary = directory.resolveSibling("." + directory.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            DirectoryModelStore kept = new DirectoryModelStore(temporary);
            for (String file : files) {
                byte[] content = run.read(file);
                if (file.endsWith(".safetensors")) {
                    Seal.check(content, file);
                }
                say.accept("%,12d bytes  %s".formatted(kept.put(file, content).bytes(), file));
            }
            Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.sync(directory.resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory + ": " + e.getMessage(), e);
        } finally {
            new FileTree(temporary).delete();
        }
        say.accept(owner + " is in " + directory);
    }
}
