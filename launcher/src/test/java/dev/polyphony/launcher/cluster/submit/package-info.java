@NullMarked
package dev.polyphony.launcher.cluster.submit;

import org.jspecify.annotations.NullMarked;
