/**
 * The fifteen corruptions of CIFAR-C at their five severities, made here for images of any data set (Hendrycks and
 * Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations", ICLR 2019; the paper,
 * section A.1). Lengths are in pixels as published for 32 x 32; those published as multiples of 32 follow the image.
 */
@NullMarked
package dev.polyphony.datasets.corruptions;

import org.jspecify.annotations.NullMarked;
