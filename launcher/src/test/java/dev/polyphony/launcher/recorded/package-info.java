@NullMarked
package dev.polyphony.launcher.recorded;

import org.jspecify.annotations.NullMarked;
