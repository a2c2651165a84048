/** The figures of finished runs: each run's own, and those that set runs side by side. */
@NullMarked
package dev.polyphony.launcher.figures;

import org.jspecify.annotations.NullMarked;
