package dev.polyphony.chaos.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A committed record of a step.
 *
 * @param record as it lies in the log
 * @param step that its key names
 */
public record Sighting(ConsumerRecord<byte[], byte[]> record, long step) {}
