@NullMarked
package dev.polyphony.launcher.cluster.watch;

import org.jspecify.annotations.NullMarked;
