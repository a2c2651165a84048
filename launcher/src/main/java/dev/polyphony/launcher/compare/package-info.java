/** Several recipes, several seeds, one table. */
@NullMarked
package dev.polyphony.launcher.compare;

import org.jspecify.annotations.NullMarked;
