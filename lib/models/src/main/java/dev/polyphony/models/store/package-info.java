/** Files that hold weights, and the store that holds the files. */
@NullMarked
package dev.polyphony.models.store;

import org.jspecify.annotations.NullMarked;
