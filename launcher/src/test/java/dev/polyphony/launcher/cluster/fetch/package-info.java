@NullMarked
package dev.polyphony.launcher.cluster.fetch;

import org.jspecify.annotations.NullMarked;
