package dev.polyphony.experiment;

import java.util.List;

/**
 * What is scored. It changes no weights and belongs to no identity.
 *
 * @param splits which splits every checkpoint is scored on
 */
public record EvaluationPart(List<Split> splits) {

    public EvaluationPart {
        splits = List.copyOf(splits);
    }

    /** Splits of a data set that may be scored. */
    public enum Split {
        VALIDATION,
        TEST
    }
}
