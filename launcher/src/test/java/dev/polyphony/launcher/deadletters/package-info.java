@NullMarked
package dev.polyphony.launcher.deadletters;

import org.jspecify.annotations.NullMarked;
