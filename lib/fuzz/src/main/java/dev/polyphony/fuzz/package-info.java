/** Damaged inputs for tests of readers. */
@NullMarked
package dev.polyphony.fuzz;

import org.jspecify.annotations.NullMarked;
