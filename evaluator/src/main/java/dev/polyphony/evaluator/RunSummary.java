package dev.polyphony.evaluator;

import java.util.SortedMap;

/**
 * How a run ended.
 *
 * @param selectedStep steps of the checkpoint with the best mean subnetwork accuracy on the validation split
 * @param selectedEpoch epochs of that checkpoint
 * @param selectedWeightsSha256 of its parameters and statistics
 * @param lastStep steps of the whole run
 * @param weightsSha256 of the parameters and statistics after the last step: equal for runs that are equal bit for bit
 * @param offsets where in the log the run ended, by partition
 * @param consumed the chain of hashes over every record of the stream that the run learned from, in order
 */
record RunSummary(
        long selectedStep,
        int selectedEpoch,
        String selectedWeightsSha256,
        long lastStep,
        String weightsSha256,
        SortedMap<String, Long> offsets,
        String consumed) {}
