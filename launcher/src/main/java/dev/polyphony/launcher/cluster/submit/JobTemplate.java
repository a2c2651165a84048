package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.launcher.cluster.Ownership;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What of a Job cannot change, as a hash among its annotations: the server fills in what was not said, so that what it
 * has cannot be compared with what is wanted. The recipe's name is left out, for another recipe of the same identity says
 * the same; so is what may change.
 */
final class JobTemplate {

    /** The annotation. */
    static final String HASH = Ownership.PREFIX + "template";

    private static final int DIGITS = 12;

    private JobTemplate() {}

    /** Adds the annotation. */
    static void mark(Job job) {
        JobSpec spec = Serialization.clone(job.getSpec());
        spec.setParallelism(null);
        spec.setCompletions(null);
        spec.setSuspend(null);
        new Workload(spec.getTemplate()).readRecipeFrom("any");
        String hash = Sha256.of(Serialization.asJson(spec).getBytes(StandardCharsets.UTF_8));
        Tailor.annotate(job.getMetadata(), HASH, hash.substring(0, DIGITS));
    }

    /** Whether two Jobs that have the annotation differ in what cannot change. */
    static boolean differ(Job one, Job other) {
        return !hash(one).equals(hash(other));
    }

    private static String hash(Job job) {
        Map<String, String> annotations = job.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(HASH, "");
    }
}
