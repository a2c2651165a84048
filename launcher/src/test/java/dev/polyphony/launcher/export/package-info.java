@NullMarked
package dev.polyphony.launcher.export;

import org.jspecify.annotations.NullMarked;
