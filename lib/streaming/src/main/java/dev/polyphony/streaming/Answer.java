package dev.polyphony.streaming;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what an administration client was asked. */
public final class Answer {

    private Answer() {}

    /**
     * The answer.
     *
     * @throws RuntimeException what went wrong, as the broker says it
     */
    public static <V> V of(KafkaFuture<V> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
