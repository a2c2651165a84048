package dev.polyphony.launcher.cluster.watch;

import dev.polyphony.launcher.cluster.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Optional;

/**
 * An ensemble, a stream or a run on a cluster.
 *
 * @param kind which of these
 * @param id its identity
 */
public record Owner(Ownership kind, String id) implements Comparable<Owner> {

    private static final Comparator<Owner> ORDER =
            Comparator.comparing(Owner::kind).thenComparing(Owner::id);

    /** Whose an object is; empty if it is of the namespace. */
    static Optional<Owner> of(HasMetadata object) {
        return Ownership.of(object).map(kind -> new Owner(kind, kind.idOf(object)));
    }

    boolean has(HasMetadata object) {
        return of(object).filter(this::equals).isPresent();
    }

    @Override
    public int compareTo(Owner other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + id;
    }
}
