@NullMarked
package dev.polyphony.launcher.process;

import org.jspecify.annotations.NullMarked;
