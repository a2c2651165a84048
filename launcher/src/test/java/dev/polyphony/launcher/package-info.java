@NullMarked
package dev.polyphony.launcher;

import org.jspecify.annotations.NullMarked;
