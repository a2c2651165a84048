package dev.polyphony.launcher.cluster.watch;

import dev.polyphony.launcher.cluster.ClusterNamespace;
import dev.polyphony.launcher.cluster.ClusterSession;
import java.io.PrintWriter;

/** What is in a namespace, for people. */
public final class ClusterStatus {

    private ClusterStatus() {}

    /**
     * Prints a line for each ensemble, stream and run.
     *
     * @throws dev.polyphony.launcher.LauncherMistake if there is no such cluster or namespace, or it does not answer
     */
    public static void print(ClusterNamespace place, PrintWriter out) {
        try (ClusterSession session = ClusterSession.open(place)) {
            NamespaceObjects objects = NamespaceObjects.read(session);
            out.println("namespace " + place.name() + " on " + session.client().getMasterUrl());
            objects.owners().forEach(owner -> out.println(new OwnerStatus(owner, objects.of(owner)).line()));
            if (objects.owners().isEmpty()) {
                out.println("nothing was submitted here");
            }
            out.flush();
        }
    }
}
