@NullMarked
package dev.polyphony.evaluator;

import org.jspecify.annotations.NullMarked;
