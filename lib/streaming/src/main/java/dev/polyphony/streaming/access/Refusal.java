package dev.polyphony.streaming.access;

import dev.polyphony.streaming.StreamTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** That the broker does not let a process in, or not to what it needs: only a person can mend it. */
public final class Refusal {

    /** The name under which the launcher's rights are found. */
    public static final String LAUNCHER = ServiceRights.LAUNCHER.service();

    private static final String WHERE = " See docs/security.md.";
    private static final StreamTopics EXAMPLE = new StreamTopics("STREAM");
    private static final Pattern USER = Pattern.compile("\\busername\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]+))");

    private Refusal() {}

    /** Whether trying again would not help. */
    public static boolean is(@Nullable Throwable failure) {
        return failure instanceof AuthorizationException || failure instanceof AuthenticationException;
    }

    /**
     * What a person has to know of a refusal.
     *
     * @param failure which may have the refusal among its causes
     * @param service that was refused, such as {@code perturb-service}
     * @param connection properties it connects with
     * @return empty if nothing was refused
     */
    public static Optional<String> explain(Throwable failure, String service, Map<String, ?> connection) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException) {
                return Optional.of(
                        "the Kafka cluster at " + connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                                + " does not let " + user(connection) + " in: " + cause.getMessage() + detail(cause)
                                + ". Check security.protocol, the mechanism, the user and its password or certificate."
                                + WHERE);
            }
            if (cause instanceof AuthorizationException refused) {
                return Optional.of(
                        "the Kafka cluster refuses " + user(connection) + " " + what(refused, service) + "." + WHERE);
            }
        }
        return Optional.empty();
    }

    private static String detail(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure || root.getMessage() == null ? "" : " (" + root.getMessage() + ")";
    }

    /** Who connects, as far as the properties say it. */
    private static String user(Map<String, ?> connection) {
        if (connection.isEmpty()) {
            return "this user";
        }
        Object jaas = connection.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (jaas != null) {
            Matcher user = USER.matcher(jaas instanceof Password password ? password.value() : jaas.toString());
            if (user.find()) {
                return "user " + (user.group(1) == null ? user.group(2) : user.group(1));
            }
        }
        return connection.keySet().stream()
                        .anyMatch(name -> name.contains("ssl.keystore") || name.contains("SslBundle"))
                ? "the user of the client certificate"
                : "a process without a user";
    }

    private static String what(AuthorizationException refused, String service) {
        if (refused instanceof TopicAuthorizationException topic) {
            return describe(ResourceType.TOPIC, "topic", topic.unauthorizedTopics(), service)
                    + "; a topic that is not there yet has to be created by whoever has the launcher's rights";
        }
        if (refused instanceof GroupAuthorizationException group) {
            List<String> names = group.groupId() == null ? List.of() : List.of(group.groupId());
            return describe(ResourceType.GROUP, "group", names, service);
        }
        if (refused instanceof TransactionalIdAuthorizationException) {
            return describe(ResourceType.TRANSACTIONAL_ID, "transactional id", List.of(), service);
        }
        return "something: " + refused.getMessage();
    }

    /** The client does not learn which operation was refused, so all that the service needs there are told. */
    private static String describe(ResourceType type, String kind, Iterable<String> names, String service) {
        List<String> told = new ArrayList<>();
        for (String name : new TreeSet<>(listed(names))) {
            String needed = needed(type, name, service);
            told.add(kind + " " + name + (needed.isEmpty() ? "" : " (" + service + " needs " + needed + " there)"));
        }
        return told.isEmpty()
                ? "a " + kind + "; " + service + " needs " + allOf(type, service)
                : String.join(", ", told);
    }

    private static List<String> listed(Iterable<String> names) {
        List<String> list = new ArrayList<>();
        names.forEach(list::add);
        return list;
    }

    /** Some part of the name is the stream's identity; the parts that are not give no rights to this name. */
    private static String needed(ResourceType type, String name, String service) {
        TreeSet<String> operations = new TreeSet<>();
        for (String part : name.split("\\.", -1)) {
            if (part.matches("[A-Za-z0-9_-]+")) {
                rights(service, new StreamTopics(part)).stream()
                        .filter(right -> right.covers(type, name))
                        .flatMap(right -> right.operations().stream())
                        .forEach(operation -> operations.add(operation.name()));
            }
        }
        return String.join(", ", operations);
    }

    private static String allOf(ResourceType type, String service) {
        return rights(service, EXAMPLE).stream()
                .filter(right -> right.resource().resourceType() == type)
                .map(right -> right.operationNames() + " on " + right.resourceName())
                .collect(Collectors.joining(" and "));
    }

    private static List<Right> rights(String service, StreamTopics topics) {
        return ServiceRights.ofService(service).map(rights -> rights.of(topics)).orElse(List.of());
    }
}
