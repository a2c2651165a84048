package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.Right;
import dev.polyphony.streaming.access.ServiceRights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What the user of a service may do at a cluster's broker: what the service needs, and what makes up for the launcher that
 * is not there. perturb-service and student-trainer, whichever comes first, create the stream's topics; student-trainer
 * tells Prometheus how long they keep their records.
 */
public final class KafkaUserRights {

    private KafkaUserRights() {}

    /** The rights of a service's user, for one stream. */
    public static List<Right> of(ServiceRights service, StreamTopics topics) {
        List<Right> rights = new ArrayList<>(service.of(topics));
        boolean trains = service == ServiceRights.STUDENT_TRAINER;
        if (trains || service == ServiceRights.PERTURB_SERVICE) {
            rights.add(new Right(
                    new ResourcePattern(ResourceType.TOPIC, topics.prefix(), PatternType.PREFIXED),
                    Set.of(AclOperation.CREATE)));
        }
        if (trains) {
            for (String topic : List.of(topics.minibatches(), topics.logits())) {
                rights.add(new Right(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        Set.of(AclOperation.DESCRIBE_CONFIGS)));
            }
        }
        return List.copyOf(rights);
    }

    /** The same as Strimzi's {@code KafkaUser} writes it. */
    static List<Map<String, Object>> acls(ServiceRights service, StreamTopics topics) {
        return of(service, topics).stream().map(KafkaUserRights::acl).toList();
    }

    private static Map<String, Object> acl(Right right) {
        Map<String, Object> resource = new LinkedHashMap<>();
        String type = camelCase(right.resource().resourceType().name());
        resource.put("type", type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1));
        resource.put("name", right.resource().name());
        if (right.resource().patternType() == PatternType.PREFIXED) {
            resource.put("patternType", "prefix");
        }
        Map<String, Object> acl = new LinkedHashMap<>();
        acl.put("resource", resource);
        acl.put(
                "operations",
                right.operations().stream()
                        .map(operation -> camelCase(operation.name()))
                        .sorted()
                        .toList());
        return acl;
    }

    private static String camelCase(String constant) {
        return Arrays.stream(constant.split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
