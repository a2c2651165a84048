@NullMarked
package dev.polyphony.launcher.delete;

import org.jspecify.annotations.NullMarked;
