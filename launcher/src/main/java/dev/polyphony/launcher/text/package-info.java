/** Text for people at a terminal. */
@NullMarked
package dev.polyphony.launcher.text;

import org.jspecify.annotations.NullMarked;
