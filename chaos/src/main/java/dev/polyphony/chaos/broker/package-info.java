/** Brokers of a test's own, each behind a network that can be broken. */
@NullMarked
package dev.polyphony.chaos.broker;

import org.jspecify.annotations.NullMarked;
