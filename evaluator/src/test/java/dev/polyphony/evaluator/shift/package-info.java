@NullMarked
package dev.polyphony.evaluator.shift;

import org.jspecify.annotations.NullMarked;
