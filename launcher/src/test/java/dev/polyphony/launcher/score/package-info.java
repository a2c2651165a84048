@NullMarked
package dev.polyphony.launcher.score;

import org.jspecify.annotations.NullMarked;
