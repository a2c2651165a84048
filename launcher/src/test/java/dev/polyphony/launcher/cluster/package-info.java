@NullMarked
package dev.polyphony.launcher.cluster;

import org.jspecify.annotations.NullMarked;
