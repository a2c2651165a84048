package dev.polyphony.streaming.pipeline;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outputs and the input offsets they came from, in one transaction: all or nothing. */
final class OutputTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OutputTransactions.class);
    private static final int COMMIT_ATTEMPTS = 5;
    private static final int ABORTS_IN_A_ROW = 20;
    private static final long PAUSE_MILLIS = 100;
    private static final List<Class<? extends Exception>> FATAL = List.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            OutOfOrderSequenceException.class,
            FencedInstanceIdException.class,
            AuthorizationException.class,
            AuthenticationException.class,
            UnsupportedVersionException.class,
            RecordTooLargeException.class,
            InterruptException.class);

    private final Producer<byte[], byte[]> producer;
    private int abortsInARow;

    OutputTransactions(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes all of it, or nothing.
     *
     * @return whether it was written; if not, the caller begins again at the committed offsets
     * @throws KafkaException if trying again would not help
     */
    boolean write(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                // A send that fails makes the commit fail.
                var unused = producer.send(record);
            }
            producer.sendOffsetsToTransaction(offsets, group);
            commit();
            abortsInARow = 0;
            return true;
        } catch (KafkaException failure) {
            if (isFatal(failure) || ++abortsInARow > ABORTS_IN_A_ROW) {
                throw failure;
            }
            LOG.warn("transaction aborted, its steps are done again: {}", failure.getMessage());
            producer.abortTransaction();
            pause();
            return false;
        }
    }

    private void commit() {
        for (int attempt = 1; ; attempt++) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException unknown) {
                // Whether it was committed is not known; asking again is safe, aborting is not.
                if (attempt == COMMIT_ATTEMPTS) {
                    throw new IllegalStateException(
                            "the broker has not answered a commit after " + attempt + " attempts", unknown);
                }
            }
        }
    }

    private static boolean isFatal(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<? extends Exception> fatal : FATAL) {
                if (fatal.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
