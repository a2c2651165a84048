package dev.polyphony.launcher.cluster.watch;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterSession;
import dev.polyphony.launcher.cluster.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of Polyphony a namespace holds, at one moment.
 *
 * @param jobs that train
 * @param deployments of services
 * @param pods of both
 */
public record NamespaceObjects(List<Job> jobs, List<Deployment> deployments, List<Pod> pods) {

    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final String POLYPHONY = "polyphony";

    /**
     * Asks the cluster.
     *
     * @throws LauncherMistake if it does not answer, or not to this user
     */
    public static NamespaceObjects read(ClusterSession session) {
        return session.ask(
                "list what is in namespace " + session.place().name(),
                () -> new NamespaceObjects(
                        session.client()
                                .batch()
                                .v1()
                                .jobs()
                                .withLabel(PART_OF, POLYPHONY)
                                .list()
                                .getItems(),
                        session.client()
                                .apps()
                                .deployments()
                                .withLabel(PART_OF, POLYPHONY)
                                .list()
                                .getItems(),
                        session.client()
                                .pods()
                                .withLabel(PART_OF, POLYPHONY)
                                .list()
                                .getItems()));
    }

    SortedSet<Owner> owners() {
        return Stream.<Collection<? extends HasMetadata>>of(jobs, deployments, pods)
                .flatMap(Collection::stream)
                .flatMap(object -> Owner.of(object).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The jobs, deployments and pods of one owner alone. */
    NamespaceObjects of(Owner owner) {
        return new NamespaceObjects(
                jobs.stream().filter(owner::has).toList(),
                deployments.stream().filter(owner::has).toList(),
                pods.stream().filter(owner::has).toList());
    }

    /** The pods of a service, by name. */
    public static List<Pod> ofService(List<Pod> pods, String service) {
        return pods.stream()
                .filter(pod -> service.equals(pod.getMetadata().getLabels().getOrDefault(Ownership.SERVICE, "")))
                .toList();
    }

    /**
     * The one owner whose identity begins like this.
     *
     * @param session where this is, for messages
     * @throws LauncherMistake if there is none, or several
     */
    public Owner find(String prefix, ClusterSession session) {
        List<Owner> found =
                owners().stream().filter(owner -> owner.id().startsWith(prefix)).toList();
        if (prefix.isEmpty() || found.isEmpty()) {
            throw new LauncherMistake("namespace " + session.place().name() + " has no ensemble, stream or run "
                    + prefix + "; 'polyphony status " + session.place().options() + "' lists what it has");
        }
        if (found.size() > 1) {
            throw new LauncherMistake(prefix + " could be "
                    + found.stream().map(Owner::toString).collect(Collectors.joining(" or ")) + ": give more digits");
        }
        return found.get(0);
    }
}
