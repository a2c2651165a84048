/** Looks into streams that are recorded, without taking part in them. */
@NullMarked
package dev.polyphony.launcher.recorded;

import org.jspecify.annotations.NullMarked;
