/** Trains further students from a recorded stream. */
@NullMarked
package dev.polyphony.launcher.replay;

import org.jspecify.annotations.NullMarked;
