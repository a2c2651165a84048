@NullMarked
package dev.polyphony.launcher.place;

import org.jspecify.annotations.NullMarked;
