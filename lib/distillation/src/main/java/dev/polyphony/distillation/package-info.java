/** Learning from an ensemble: perturbations of the images, what is minimised, and the training steps. */
@NullMarked
package dev.polyphony.distillation;

import org.jspecify.annotations.NullMarked;
