@NullMarked
package dev.polyphony.streaming.meters;

import org.jspecify.annotations.NullMarked;
