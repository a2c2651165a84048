package dev.polyphony.scoring.statistics;

/** Area under the precision-recall curve. */
public final class AveragePrecision {

    private AveragePrecision() {}

    /**
     * Precision at each threshold, weighted by the recall gained there, above 0 to 1: the step-wise area (Boyd et al.
     * 2013; what scikit-learn calls average_precision_score), without the optimism of straight lines between points.
     * Equal values cross the threshold together, so that their order does not matter: of positives and negatives all
     * equal, it is the share of positives.
     *
     * @param positives values of the positive class, at least one, no NaN
     * @param negatives values of the negative class, at least one, no NaN
     * @throws IllegalArgumentException if there are none, or NaN among them
     */
    public static double of(double[] positives, double[] negatives) {
        double sum = 0;
        int before = 0;
        for (RankedCounts counts : RankedCounts.descending(positives, negatives)) {
            double precision = (double) counts.positives() / (counts.positives() + counts.negatives());
            sum += (counts.positives() - before) * precision;
            before = counts.positives();
        }
        return sum / positives.length;
    }
}
