/** Hands streams and models out, in files that other programs open. */
@NullMarked
package dev.polyphony.launcher.export;

import org.jspecify.annotations.NullMarked;
