/** The input of trainer and exporter: minibatches and their teachers' logits, joined, strictly in step order. */
@NullMarked
package dev.polyphony.streaming.reader;

import org.jspecify.annotations.NullMarked;
