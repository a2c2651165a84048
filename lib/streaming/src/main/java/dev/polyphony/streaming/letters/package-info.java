/** Records that could not be read: where they lie, why, and whether they have been dealt with. */
@NullMarked
package dev.polyphony.streaming.letters;

import org.jspecify.annotations.NullMarked;
