/** Tests. */
@NullMarked
package dev.polyphony.evaluator.analysis;

import org.jspecify.annotations.NullMarked;
