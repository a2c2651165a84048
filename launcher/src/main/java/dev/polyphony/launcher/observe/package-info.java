/** A Prometheus beside a run: what a cluster's would tell, on one machine. */
@NullMarked
package dev.polyphony.launcher.observe;

import org.jspecify.annotations.NullMarked;
