package dev.polyphony.scoring;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many members a deep ensemble needs to reach an NLL (paper, eq. 20, and of calibrated NLL table 1; after Ashukha
 * et al., ICLR 2020). Immutable.
 */
public final class DeepEnsembleEquivalent {

    private final double[] curve;

    /**
     * Takes the deep ensembles to compare with.
     *
     * @param curve NLL of deep ensembles of 1 to M members, {@code [M]}, finite, at least one
     */
    public DeepEnsembleEquivalent(double[] curve) {
        if (curve.length == 0 || !Arrays.stream(curve).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "A curve needs the finite NLL of at least one ensemble: " + Arrays.toString(curve));
        }
        this.curve = curve.clone();
    }

    /**
     * Smallest real m, 1 to M, with NLL(m) at most the given, linear between whole sizes: 1 for a model worse than one
     * member, M for one better than all.
     *
     * @param nll a number, in nats
     */
    public double of(double nll) {
        if (Double.isNaN(nll)) {
            throw new IllegalArgumentException("An NLL must be a number");
        }
        if (curve[0] <= nll) {
            return 1;
        }
        for (int m = 1; m < curve.length; m++) {
            if (curve[m] <= nll) {
                return m + (curve[m - 1] - nll) / (curve[m - 1] - curve[m]);
            }
        }
        return curve.length;
    }

    /**
     * NLL of ensembles of 1 to M of the members, {@code [M]}: for each size the mean over all subsets, if at most 70,
     * otherwise the NLL of the first members.
     */
    public static double[] curve(Predictions test) {
        return curve(
                test.members(), members -> Scores.nll(test.subset(members).pooledLogProbabilities(), test.labels()));
    }

    /**
     * As {@link #curve}, each subset scaled by its temperature of the validation split.
     *
     * @param validation the same members on the validation split
     */
    public static double[] calibratedCurve(Predictions test, Predictions validation) {
        test.requireSameMembers(validation);
        return curve(test.members(), members -> {
            double temperature =
                    TemperatureScaling.fit(validation.subset(members).pooledLogProbabilities(), validation.labels());
            return Scores.nll(
                    TemperatureScaling.apply(test.subset(members).pooledLogProbabilities(), temperature),
                    test.labels());
        });
    }

    private static double[] curve(int members, ToDoubleFunction<int[]> nll) {
        return IntStream.rangeClosed(1, members)
                .mapToDouble(size -> Subsets.of(members, size).stream()
                        .mapToDouble(nll)
                        .average()
                        .orElseThrow())
                .toArray();
    }
}
