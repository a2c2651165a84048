package dev.polyphony.launcher.cluster.submit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** The pods that a Deployment or a Job makes, and what they name. */
record Workload(PodTemplateSpec template) {

    /** The volume that a service reads its recipe from. */
    private static final String RECIPE = "recipe";

    private static final String CONFIG_MAP = "ConfigMap";

    /** Strimzi makes a Secret for each user, of its name. */
    private static final String SECRET_OF = "KafkaUser";

    /** What an object makes; empty if it makes no pods. */
    static Optional<Workload> of(HasMetadata object) {
        if (object instanceof Job job) {
            return Optional.of(new Workload(job.getSpec().getTemplate()));
        }
        if (object instanceof Deployment deployment) {
            return Optional.of(new Workload(deployment.getSpec().getTemplate()));
        }
        return Optional.empty();
    }

    /** @param names the new name of a kind's object that has an old one */
    void rename(BinaryOperator<String> names) {
        for (Volume volume : template.getSpec().getVolumes()) {
            if (volume.getConfigMap() != null) {
                volume.getConfigMap()
                        .setName(names.apply(CONFIG_MAP, volume.getConfigMap().getName()));
            }
            if (volume.getSecret() != null) {
                volume.getSecret()
                        .setSecretName(names.apply(SECRET_OF, volume.getSecret().getSecretName()));
            }
        }
        for (Container container : template.getSpec().getContainers()) {
            for (EnvVar variable : container.getEnv()) {
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    var secret = variable.getValueFrom().getSecretKeyRef();
                    secret.setName(names.apply(SECRET_OF, secret.getName()));
                }
            }
            for (EnvFromSource all : container.getEnvFrom()) {
                if (all.getSecretRef() != null) {
                    all.getSecretRef()
                            .setName(names.apply(SECRET_OF, all.getSecretRef().getName()));
                }
            }
        }
    }

    /** Adds labels to those of the pods. */
    void label(Map<String, String> more) {
        Map<String, String> labels = new TreeMap<>(template.getMetadata().getLabels());
        labels.putAll(more);
        template.getMetadata().setLabels(labels);
    }

    /** The ConfigMap that the pods read their recipe from; empty if they read none. */
    Optional<String> recipe() {
        return template.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(RECIPE) && volume.getConfigMap() != null)
                .map(volume -> volume.getConfigMap().getName())
                .findFirst();
    }

    /** Lets the pods read their recipe from another ConfigMap. */
    void readRecipeFrom(String configMap) {
        template.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(RECIPE) && volume.getConfigMap() != null)
                .forEach(volume -> volume.getConfigMap().setName(configMap));
    }
}
