/** The loop of perturb- and teacher-service: consume, transform, produce, in one transaction. */
@NullMarked
package dev.polyphony.streaming.pipeline;

import org.jspecify.annotations.NullMarked;
