@NullMarked
package dev.polyphony.chaos;

import org.jspecify.annotations.NullMarked;
