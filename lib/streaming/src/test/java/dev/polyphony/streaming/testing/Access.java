package dev.polyphony.streaming.testing;

import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.Right;
import dev.polyphony.streaming.access.ServiceRights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** One line of a broker's access log: who asked for what. */
record Access(String user, AclOperation operation, ResourceType type, String name) {

    private static final Pattern ALLOWED = Pattern.compile(
            "Principal = User:(\\S+) is Allowed operation = (\\w+) from host = \\S+ on resource = (\\w+):LITERAL:(\\S+) .*");

    /** Operations that let describe as well. */
    private static final Set<AclOperation> DESCRIBING =
            EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);

    static List<Access> allowed(List<String> log) {
        List<Access> accesses = new ArrayList<>();
        for (String line : log) {
            Matcher match = ALLOWED.matcher(line);
            if (match.matches()) {
                accesses.add(new Access(
                        match.group(1),
                        AclOperation.fromString(match.group(2).toUpperCase(Locale.ROOT)),
                        match.group(3).equals("TransactionalId")
                                ? ResourceType.TRANSACTIONAL_ID
                                : ResourceType.fromString(match.group(3)),
                        match.group(4)));
            }
        }
        return accesses;
    }

    /** The service's rights to a stream without which it would have got all the same. */
    static List<String> unneeded(ServiceRights service, StreamTopics topics, List<Access> accesses) {
        record Grant(Right right, AclOperation operation) {
            boolean allows(Access access) {
                boolean prefixed = right.resource().patternType() == PatternType.PREFIXED;
                String name = right.resource().name();
                return right.resource().resourceType() == access.type()
                        && (prefixed
                                ? access.name().startsWith(name)
                                : access.name().equals(name))
                        && (operation == access.operation()
                                || (access.operation() == AclOperation.DESCRIBE && DESCRIBING.contains(operation)));
            }
        }
        List<Grant> grants = new ArrayList<>();
        for (Right right : service.of(topics)) {
            right.operations().forEach(operation -> grants.add(new Grant(right, operation)));
        }
        List<Access> own = accesses.stream()
                .filter(access -> access.user().equals(service.service()))
                .toList();
        return grants.stream()
                .filter(grant -> own.stream()
                        .noneMatch(access -> grant.allows(access)
                                && grants.stream().noneMatch(other -> !other.equals(grant) && other.allows(access))))
                .map(grant -> grant.operation() + " on " + grant.right().resourceName())
                .toList();
    }
}
