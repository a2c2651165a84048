/** Learns from minibatches and logits, strictly in step order. */
@NullMarked
package dev.polyphony.student;

import org.jspecify.annotations.NullMarked;
