package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/**
 * Applies a recipe's objects. Everything is looked at first, and the server tries everything without keeping it: what it
 * would refuse is told before anything is there.
 */
final class Submission {

    /** Under which name the server remembers who has set a field. */
    static final String FIELD_MANAGER = "polyphony";

    /** What others name comes first; kinds that are not here come between these and workloads. */
    private static final List<String> FIRST = List.of(
            "PriorityClass",
            "ServiceAccount",
            "Secret",
            "NetworkPolicy",
            "PersistentVolumeClaim",
            "ConfigMap",
            "KafkaNodePool",
            "Kafka",
            "KafkaTopic",
            "KafkaUser");

    private static final List<String> LAST = List.of("PodDisruptionBudget", "Job", "Deployment", "ScaledObject");

    private final ClusterSession session;
    private final PrintWriter out;

    /** @param out told what becomes of each object */
    Submission(ClusterSession session, PrintWriter out) {
        this.session = session;
        this.out = out;
    }

    /**
     * Applies objects.
     *
     * @throws LauncherMistake if the cluster does not take them; then it has taken none, as far as that could be known
     */
    void apply(List<HasMetadata> objects) {
        List<HasMetadata> ordered = ordered(objects);
        KnownKinds.require(session, ordered);
        SubmissionPlan decisions = new SubmissionPlan(session);
        List<PlannedObject> plan = ordered.stream().map(decisions::plan).toList();
        plan.stream().filter(planned -> planned.leave() == null).forEach(planned -> patch(planned, true));
        plan.forEach(this::execute);
    }

    /** In the order in which they are applied. */
    static List<HasMetadata> ordered(List<HasMetadata> objects) {
        return objects.stream()
                .sorted(Comparator.comparingInt(Submission::rank))
                .toList();
    }

    private static int rank(HasMetadata object) {
        int first = FIRST.indexOf(object.getKind());
        int last = LAST.indexOf(object.getKind());
        return first >= 0 ? first - FIRST.size() : last + 1;
    }

    private void execute(PlannedObject planned) {
        String outcome = planned.leave() == null ? planned.outcome(patch(planned, false)) : "unchanged";
        out.println("%-9s  %s%s"
                .formatted(outcome, planned.title(), planned.leave() == null ? "" : ": " + planned.leave()));
        out.flush();
    }

    private HasMetadata patch(PlannedObject planned, boolean dryRun) {
        PatchContext.Builder context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER);
        if (dryRun) {
            context.withDryRun(List.of("All"));
        }
        return session.ask(
                "apply " + planned.title(),
                () -> session.client().resource(planned.object()).patch(context.build()));
    }
}
