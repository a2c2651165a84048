/** What every service tells Prometheus: names, units, descriptions and labels, in one enum for each. */
@NullMarked
package dev.polyphony.streaming.meters;

import org.jspecify.annotations.NullMarked;
