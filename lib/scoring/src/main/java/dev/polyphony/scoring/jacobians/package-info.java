/** How alike the Jacobians of two networks are, and how noisy the gradients are that make them alike. */
@NullMarked
package dev.polyphony.scoring.jacobians;

import org.jspecify.annotations.NullMarked;
