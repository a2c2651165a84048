package dev.polyphony.streaming.reader;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a reader puts records that it cannot read. */
@FunctionalInterface
public interface UnreadableRecords {

    /** Puts a record aside; called again for the same record after a restart. */
    void put(ConsumerRecord<byte[], byte[]> record, String reason);
}
