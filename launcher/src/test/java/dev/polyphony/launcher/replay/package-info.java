@NullMarked
package dev.polyphony.launcher.replay;

import org.jspecify.annotations.NullMarked;
