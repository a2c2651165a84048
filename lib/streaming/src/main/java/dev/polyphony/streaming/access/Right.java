package dev.polyphony.streaming.access;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done with some of a broker's resources. The broker lets whoever may read or write something describe it
 * too.
 *
 * @param resource where it applies
 * @param operations what may be done there
 */
public record Right(ResourcePattern resource, Set<AclOperation> operations) {

    private static final String ANY_HOST = "*";

    public Right {
        operations = Set.copyOf(operations);
    }

    static Right to(ResourceType type, String name, AclOperation... operations) {
        return new Right(new ResourcePattern(type, name, PatternType.LITERAL), Set.of(operations));
    }

    static Right toAll(ResourceType type, String prefix, AclOperation... operations) {
        return new Right(new ResourcePattern(type, prefix, PatternType.PREFIXED), Set.of(operations));
    }

    /** As the broker keeps it: one entry for each operation. */
    public List<AclBinding> granted(String principal) {
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)))
                .toList();
    }

    boolean covers(ResourceType type, String name) {
        return type == resource.resourceType()
                && (resource.patternType() == PatternType.PREFIXED
                        ? name.startsWith(resource.name())
                        : name.equals(resource.name()));
    }

    /** The operations in alphabetical order. */
    public String operationNames() {
        return operations.stream().map(AclOperation::name).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", "));
    }

    /** The resource's name; with an asterisk where it is the beginning of names. */
    public String resourceName() {
        return resource.name() + (resource.patternType() == PatternType.PREFIXED ? "*" : "");
    }
}
