@NullMarked
package dev.polyphony.launcher.observe;

import org.jspecify.annotations.NullMarked;
