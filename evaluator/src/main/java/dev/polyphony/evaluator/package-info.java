/** Scores every checkpoint of a run. */
@NullMarked
package dev.polyphony.evaluator;

import org.jspecify.annotations.NullMarked;
