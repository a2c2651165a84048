package dev.polyphony.streaming.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import dev.polyphony.streaming.StreamTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rights that each service needs at the broker, for one stream, and no more. Services create no topics: whoever has
 * the launcher's rights does. A name of a stream stands before the kind of topic, so a right to write is one to a topic
 * of one stream.
 */
public enum ServiceRights {
    /** Writes the plan and, from it, minibatches; sees how far students are. */
    PERTURB_SERVICE("perturb-service") {
        @Override
        List<Right> own(StreamTopics topics) {
            return List.of(
                    Right.to(TOPIC, topics.plan(), READ, WRITE),
                    Right.to(TOPIC, topics.minibatches(), READ, WRITE),
                    Right.to(TOPIC, StreamTopics.deadLetter(topics.plan()), WRITE),
                    Right.to(GROUP, topics.group("perturb"), READ),
                    Right.toAll(GROUP, topics.studentGroupPrefix(), DESCRIBE),
                    Right.toAll(TRANSACTIONAL_ID, topics.transactionalId("plan", ""), WRITE),
                    Right.toAll(TRANSACTIONAL_ID, topics.transactionalId("perturb", ""), WRITE));
        }
    },
    /** Adds logits to minibatches. Training a member needs no broker. */
    TEACHER_SERVICE("teacher-service") {
        @Override
        List<Right> own(StreamTopics topics) {
            return List.of(
                    Right.to(TOPIC, topics.minibatches(), READ),
                    Right.to(TOPIC, topics.logits(), READ, WRITE),
                    Right.to(TOPIC, StreamTopics.deadLetter(topics.minibatches()), WRITE),
                    Right.to(GROUP, topics.group("teacher"), READ),
                    Right.toAll(TRANSACTIONAL_ID, topics.transactionalId("teacher", ""), WRITE));
        }
    },
    /** Reads the stream, says how far it is, announces checkpoints. */
    STUDENT_TRAINER("student-trainer") {
        @Override
        List<Right> own(StreamTopics topics) {
            return List.of(
                    Right.to(TOPIC, topics.minibatches(), READ),
                    Right.to(TOPIC, topics.logits(), READ),
                    Right.to(TOPIC, StreamTopics.deadLetter(topics.minibatches()), READ, WRITE),
                    Right.to(TOPIC, StreamTopics.deadLetter(topics.logits()), READ, WRITE),
                    Right.to(TOPIC, StreamTopics.CHECKPOINTS, WRITE),
                    Right.toAll(GROUP, topics.studentGroupPrefix(), READ));
        }
    },
    /** Reads announcements of checkpoints, writes their scores. */
    EVALUATOR("evaluator") {
        @Override
        List<Right> own(StreamTopics topics) {
            return List.of(
                    Right.to(TOPIC, StreamTopics.CHECKPOINTS, READ), Right.to(TOPIC, StreamTopics.EVALUATIONS, WRITE));
        }
    },
    /** Creates the topics of any stream, and reads them. */
    LAUNCHER("launcher") {
        @Override
        public List<Right> of(StreamTopics topics) {
            return own(topics);
        }

        @Override
        List<Right> own(StreamTopics topics) {
            return List.of(
                    Right.toAll(TOPIC, StreamTopics.PREFIX, CREATE, READ),
                    Right.toAll(GROUP, StreamTopics.PREFIX, DESCRIBE));
        }
    };

    private final String service;

    ServiceRights(String service) {
        this.service = service;
    }

    /** The service's name, such as {@code perturb-service}. */
    public String service() {
        return service;
    }

    /** The rights of the service of this name; empty if there is none. */
    public static Optional<ServiceRights> ofService(String name) {
        for (ServiceRights rights : values()) {
            if (rights.service.equals(name)) {
                return Optional.of(rights);
            }
        }
        return Optional.empty();
    }

    /** All that the service needs for a stream. */
    public List<Right> of(StreamTopics topics) {
        List<Right> rights = new ArrayList<>(own(topics));
        // Each service makes sure that all topics are there.
        rights.add(Right.toAll(TOPIC, topics.prefix(), DESCRIBE));
        for (String shared : List.of(StreamTopics.CHECKPOINTS, StreamTopics.EVALUATIONS)) {
            if (rights.stream().noneMatch(right -> right.covers(TOPIC, shared))) {
                rights.add(Right.to(TOPIC, shared, DESCRIBE));
            }
        }
        return List.copyOf(rights);
    }

    abstract List<Right> own(StreamTopics topics);
}
