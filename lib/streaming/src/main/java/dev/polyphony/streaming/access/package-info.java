/** Who may do what at the broker, and how a refusal is told. */
@NullMarked
package dev.polyphony.streaming.access;

import org.jspecify.annotations.NullMarked;
