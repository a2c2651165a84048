/** A Kubernetes cluster: the way to one namespace of it, and whose the objects there are. */
@NullMarked
package dev.polyphony.launcher.cluster;

import org.jspecify.annotations.NullMarked;
