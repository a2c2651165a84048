/** The figures of finished runs. */
@NullMarked
package dev.polyphony.launcher.figures;

import org.jspecify.annotations.NullMarked;
