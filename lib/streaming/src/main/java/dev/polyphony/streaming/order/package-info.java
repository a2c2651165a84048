/** Strict step order out of partitions; knows nothing of Kafka. */
@NullMarked
package dev.polyphony.streaming.order;

import org.jspecify.annotations.NullMarked;
