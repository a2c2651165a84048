@NullMarked
package dev.polyphony.chaos.broker;

import org.jspecify.annotations.NullMarked;
