@NullMarked
package dev.polyphony.launcher.archive;

import org.jspecify.annotations.NullMarked;
