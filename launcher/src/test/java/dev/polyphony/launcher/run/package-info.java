@NullMarked
package dev.polyphony.launcher.run;

import org.jspecify.annotations.NullMarked;
