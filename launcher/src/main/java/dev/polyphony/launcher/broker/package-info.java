/** The local Kafka broker, a process of its own whose data outlive it. */
@NullMarked
package dev.polyphony.launcher.broker;

import org.jspecify.annotations.NullMarked;
