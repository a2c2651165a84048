package dev.polyphony.launcher.cluster.submit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one object.
 *
 * @param object as it is to be
 * @param existing as it is; null if it is not there, or nobody may look
 * @param leave why it is not applied; null if it is
 */
record PlannedObject(
        HasMetadata object,
        @Nullable HasMetadata existing,
        @Nullable String leave) {

    /** Such as {@code Job ensemble-1a2b}. */
    String title() {
        return title(object);
    }

    static String title(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    /** What was done, now that the server has answered with this. */
    String outcome(HasMetadata applied) {
        if (existing == null) {
            return "created";
        }
        // The server gives an object that did not change no new version.
        String before = existing.getMetadata().getResourceVersion();
        return before.equals(applied.getMetadata().getResourceVersion()) ? "unchanged" : "changed";
    }
}
