/** The small stream that is injured: its processes, what they have done, and how fast it flows. */
@NullMarked
package dev.polyphony.chaos.stream;

import org.jspecify.annotations.NullMarked;
