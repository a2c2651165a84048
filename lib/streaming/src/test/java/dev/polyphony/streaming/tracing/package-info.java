@NullMarked
package dev.polyphony.streaming.tracing;

import org.jspecify.annotations.NullMarked;
