/** Arrays in NumPy's NPY files and NPZ archives: a strict reader and an atomic writer, in plain Java. */
@NullMarked
package dev.polyphony.datasets.npy;

import org.jspecify.annotations.NullMarked;
