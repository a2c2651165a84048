/** Brings a finished run from a cluster's model store. */
@NullMarked
package dev.polyphony.launcher.cluster.fetch;

import org.jspecify.annotations.NullMarked;
