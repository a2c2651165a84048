/**
 * How records travel between the services: topics and their limits, Kafka clients, the plan, and what of a stream is
 * there.
 */
@NullMarked
package dev.polyphony.streaming;

import org.jspecify.annotations.NullMarked;
