/** Speed, measured as ratios taken in one run; see benchmarks/README.md. */
@NullMarked
package dev.polyphony.benchmarks;

import org.jspecify.annotations.NullMarked;
