/** What a namespace's ensembles, streams and runs are doing, and what they say. */
@NullMarked
package dev.polyphony.launcher.cluster.watch;

import org.jspecify.annotations.NullMarked;
