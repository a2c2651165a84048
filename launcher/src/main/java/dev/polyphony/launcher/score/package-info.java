/** Scores predictions of any origin, saved as arrays. */
@NullMarked
package dev.polyphony.launcher.score;

import org.jspecify.annotations.NullMarked;
