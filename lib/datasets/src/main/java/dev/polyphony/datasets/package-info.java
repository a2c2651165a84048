/** Image data sets: readers, splits, augmentation. */
@NullMarked
package dev.polyphony.datasets;

import org.jspecify.annotations.NullMarked;
