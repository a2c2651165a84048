/** What predictions are worth: accuracy, likelihood, calibration and diversity, in plain doubles. */
@NullMarked
package dev.polyphony.scoring;

import org.jspecify.annotations.NullMarked;
