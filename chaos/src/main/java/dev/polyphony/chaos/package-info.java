/** Injures a small stream of real processes, and asks whether its weights are those of an undisturbed one. */
@NullMarked
package dev.polyphony.chaos;

import org.jspecify.annotations.NullMarked;
