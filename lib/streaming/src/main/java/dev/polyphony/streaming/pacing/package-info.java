/** The only backward signal: how far the students of a stream have come, and how far ahead of them it may run. */
@NullMarked
package dev.polyphony.streaming.pacing;

import org.jspecify.annotations.NullMarked;
