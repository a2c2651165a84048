/** Tells which streams there are, and what depends on them. */
@NullMarked
package dev.polyphony.launcher.streams;

import org.jspecify.annotations.NullMarked;
