package dev.polyphony.experiment;

import java.util.List;

/**
 * What is scored. It changes no weights and belongs to no identity.
 *
 * @param splits which splits are reported, at least one; every checkpoint is scored on the validation split besides
 * @param outOfDistribution names of data sets of other classes that the ensemble and the finished student are shown
 * @param corruptions where corrupted copies of the test split come from, on which both are scored too
 */
public record EvaluationPart(List<Split> splits, List<String> outOfDistribution, Corruptions corruptions) {

    public EvaluationPart {
        splits = List.copyOf(splits);
        outOfDistribution = List.copyOf(outOfDistribution);
    }

    /** Whether anything but the splits themselves is scored. */
    public boolean shifts() {
        return corruptions != Corruptions.NONE || !outOfDistribution.isEmpty();
    }

    /** Splits of a data set that may be scored. */
    public enum Split {
        VALIDATION,
        TEST
    }

    /** Where corrupted copies come from. */
    public enum Corruptions {
        /** There are none. */
        NONE,
        /** They are made here, for any data set of images. */
        LOCAL,
        /** They are the published CIFAR-10-C and CIFAR-100-C (Hendrycks and Dietterich, 2019). */
        PUBLISHED
    }
}
