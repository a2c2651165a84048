package dev.polyphony.streaming.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.streaming.StreamTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class ServiceRightsTest {

    private static final Map<String, Object> CONNECTION = Map.of(
            "bootstrap.servers",
            "kafka:9093",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required password=\"p4ss\" username=\"ann\";");

    @Test
    void documentedRights_areTheseRights() throws Exception {
        List<String> rights = new ArrayList<>();
        for (ServiceRights service : ServiceRights.values()) {
            for (Right right : service.of(new StreamTopics("STREAM"))) {
                rights.add("| %s | %s | `%s` | %s |"
                        .formatted(
                                service.service(),
                                right.resource().resourceType(),
                                right.resourceName(),
                                right.operationNames()));
            }
        }
        List<String> documented = Files.readAllLines(Path.of("../../docs/security.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| service |"))
                .toList();
        assertThat(documented).isEqualTo(rights);
    }

    @Test
    void refusal_namesUserResourceAndWhatIsNeeded_andNoPassword() {
        assertThat(explain(new TopicAuthorizationException(Set.of("polyphony.abc.logits"))))
                .startsWith("the Kafka cluster refuses user ann topic polyphony.abc.logits (teacher-service needs"
                        + " DESCRIBE, READ, WRITE there)");
        assertThat(explain(GroupAuthorizationException.forGroupId("polyphony.abc.teacher")))
                .contains("group polyphony.abc.teacher (teacher-service needs READ there)");
        assertThat(explain(new TransactionalIdAuthorizationException("no")))
                .contains("a transactional id; teacher-service needs WRITE on polyphony.teacher.STREAM.*");
        assertThat(explain(new SaslAuthenticationException("invalid credentials")))
                .startsWith("the Kafka cluster at kafka:9093 does not let user ann in: invalid credentials.");
        assertThat(Refusal.explain(new IllegalStateException("other"), "teacher-service", CONNECTION))
                .isEmpty();
    }

    private static String explain(RuntimeException refused) {
        String message = Refusal.explain(new IllegalStateException(refused), "teacher-service", CONNECTION)
                .orElseThrow();
        assertThat(message).endsWith(" See docs/security.md.").doesNotContain("p4ss");
        return message;
    }
}
