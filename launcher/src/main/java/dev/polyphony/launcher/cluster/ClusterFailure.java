package dev.polyphony.launcher.cluster;

import dev.polyphony.launcher.LauncherMistake;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;

/** The API server failed at something that a user can do nothing about. */
final class ClusterFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ClusterFailure(String message, KubernetesClientException cause) {
        super(message, cause);
    }

    /**
     * What a client's exception comes to, in one message.
     *
     * @param what was asked for, such as {@code look at Job ensemble-1a2b}
     * @param master the API server's address
     */
    static RuntimeException of(KubernetesClientException failure, String what, String master) {
        if (failure.getCode() <= 0) {
            return new LauncherMistake("the cluster at " + master + " does not answer (" + why(failure)
                    + "); 'kubectl cluster-info' should. --context names another one");
        }
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new LauncherMistake(
                        "the cluster at " + master + " does not know you (401): log in to it again, as for kubectl");
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new LauncherMistake("you may not " + what + ": " + said(failure)
                        + "; ask for that right, or let somebody submit who has it");
            case HttpURLConnection.HTTP_CONFLICT ->
                new LauncherMistake("cannot " + what + ": somebody else has set what would be changed (" + said(failure)
                        + "); let the overlay say the same, or undo it there");
            case HttpURLConnection.HTTP_NOT_FOUND,
                    HttpURLConnection.HTTP_BAD_REQUEST,
                    ClusterSession.HTTP_UNPROCESSABLE -> new LauncherMistake("cannot " + what + ": " + said(failure));
            default -> new ClusterFailure("cannot " + what + ": " + said(failure), failure);
        };
    }

    private static String said(KubernetesClientException failure) {
        Status status = failure.getStatus();
        String message = status == null ? null : status.getMessage();
        return message == null ? "the server answers " + failure.getCode() : message.strip();
    }

    /** The innermost reason that says something. */
    private static String why(KubernetesClientException failure) {
        String why = "no connection";
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank() && !(cause instanceof KubernetesClientException)) {
                why = message.strip();
            } else if (cause instanceof ConnectException) {
                why = "connection refused";
            }
        }
        return why;
    }
}
