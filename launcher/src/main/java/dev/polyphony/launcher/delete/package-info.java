/** Frees what streams, runs and ensembles take, after telling what depends on them. */
@NullMarked
package dev.polyphony.launcher.delete;

import org.jspecify.annotations.NullMarked;
