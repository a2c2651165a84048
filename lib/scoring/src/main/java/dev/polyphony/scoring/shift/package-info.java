/** What predictions are worth on data unlike the training data: other classes, corrupted images. */
@NullMarked
package dev.polyphony.scoring.shift;

import org.jspecify.annotations.NullMarked;
