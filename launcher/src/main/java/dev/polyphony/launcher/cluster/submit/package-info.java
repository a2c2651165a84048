/** Makes an overlay's objects those of a recipe, and applies them. */
@NullMarked
package dev.polyphony.launcher.cluster.submit;

import org.jspecify.annotations.NullMarked;
