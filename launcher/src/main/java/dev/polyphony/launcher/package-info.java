/** The command {@code polyphony}: what a user types. */
@NullMarked
package dev.polyphony.launcher;

import org.jspecify.annotations.NullMarked;
