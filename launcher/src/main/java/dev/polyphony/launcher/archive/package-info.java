/** Streams as files, and back: an experiment outlives its cluster. */
@NullMarked
package dev.polyphony.launcher.archive;

import org.jspecify.annotations.NullMarked;
