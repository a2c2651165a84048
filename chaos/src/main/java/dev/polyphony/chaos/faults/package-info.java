/** What can happen to a stream. */
@NullMarked
package dev.polyphony.chaos.faults;

import org.jspecify.annotations.NullMarked;
