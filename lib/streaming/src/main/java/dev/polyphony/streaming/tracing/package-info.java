/** Spans of the work on steps, for whoever watches with OpenTelemetry. */
@NullMarked
package dev.polyphony.streaming.tracing;

import org.jspecify.annotations.NullMarked;
