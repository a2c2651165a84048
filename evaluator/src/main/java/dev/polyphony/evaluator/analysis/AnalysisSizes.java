package dev.polyphony.evaluator.analysis;

/**
 * How much is measured; of a smaller data set, all there is.
 *
 * @param trainImages training images of the diversity plots
 * @param jacobianImages test images whose Jacobians are compared
 * @param gradientImages training images with a signal-to-noise ratio
 * @param draws gradients for each of these, at least 2
 */
record AnalysisSizes(int trainImages, int jacobianImages, int gradientImages, int draws) {

    /** Seconds to a minute on two cores for ResNet-8 and four subnetworks. */
    static final AnalysisSizes USUAL = new AnalysisSizes(2000, 200, 48, 32);

    AnalysisSizes {
        if (trainImages < 1 || jacobianImages < 1 || gradientImages < 1 || draws < 2) {
            throw new IllegalArgumentException("an analysis needs images and at least 2 draws: " + trainImages + ", "
                    + jacobianImages + ", " + gradientImages + ", " + draws);
        }
    }
}
