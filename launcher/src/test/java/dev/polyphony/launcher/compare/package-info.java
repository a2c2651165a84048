@NullMarked
package dev.polyphony.launcher.compare;

import org.jspecify.annotations.NullMarked;
