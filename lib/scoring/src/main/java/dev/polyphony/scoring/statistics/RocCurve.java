package dev.polyphony.scoring.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Receiver operating characteristic: what share of positives and of negatives is at or above each threshold (paper, figs.
 * 5(d) and 6). Values that are equal cross the threshold together, which makes a slanted piece of curve.
 *
 * @param points from (0, 0) to (1, 1), both shares rising
 * @param area under the straight pieces between the points, 0 to 1, which is {@link AreaUnderCurve}
 */
public record RocCurve(List<Point> points, double area) {

    /**
     * One threshold.
     *
     * @param threshold the value; infinity at (0, 0)
     * @param falsePositiveRate share of negatives at or above it, 0 to 1
     * @param truePositiveRate share of positives at or above it, 0 to 1
     */
    public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {

        public Point {
            if (!(falsePositiveRate >= 0 && falsePositiveRate <= 1)
                    || !(truePositiveRate >= 0 && truePositiveRate <= 1)) {
                throw new IllegalArgumentException(
                        "Rates must be 0 to 1: " + falsePositiveRate + ", " + truePositiveRate);
            }
        }
    }

    public RocCurve {
        points = List.copyOf(points);
        if (points.size() < 2 || !(area >= 0 && area <= 1)) {
            throw new IllegalArgumentException(
                    "A curve needs two points and an area of 0 to 1: " + points.size() + " points, area " + area);
        }
    }

    /**
     * The curve of two sets of values.
     *
     * @param positives values of the positive class, at least one, no NaN
     * @param negatives values of the negative class, at least one, no NaN
     * @throws IllegalArgumentException if there are none, or NaN among them
     */
    public static RocCurve of(double[] positives, double[] negatives) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
        for (RankedCounts counts : RankedCounts.descending(positives, negatives)) {
            points.add(new Point(
                    counts.threshold(),
                    (double) counts.negatives() / negatives.length,
                    (double) counts.positives() / positives.length));
        }
        return new RocCurve(points, AreaUnderCurve.of(positives, negatives));
    }

    /**
     * The smallest false positive rate of a threshold that keeps a true positive rate, 0 to 1; nothing is interpolated.
     *
     * @param truePositiveRate above 0 to 1, such as 0.95
     */
    public double falsePositiveRateAt(double truePositiveRate) {
        if (!(truePositiveRate > 0 && truePositiveRate <= 1)) {
            throw new IllegalArgumentException("A true positive rate must be above 0 to 1, not " + truePositiveRate);
        }
        return points.stream()
                .filter(point -> point.truePositiveRate >= truePositiveRate)
                .mapToDouble(Point::falsePositiveRate)
                .findFirst()
                .orElseThrow();
    }

    /** The points where the curve turns, the ends included: enough to draw it exactly. */
    public List<Point> corners() {
        List<Point> corners = new ArrayList<>(List.of(points.get(0)));
        for (int i = 1; i < points.size() - 1; i++) {
            if (turns(corners.get(corners.size() - 1), points.get(i), points.get(i + 1))) {
                corners.add(points.get(i));
            }
        }
        corners.add(points.get(points.size() - 1));
        return corners;
    }

    private static boolean turns(Point from, Point over, Point to) {
        double first =
                (over.truePositiveRate - from.truePositiveRate) * (to.falsePositiveRate - over.falsePositiveRate);
        double second =
                (to.truePositiveRate - over.truePositiveRate) * (over.falsePositiveRate - from.falsePositiveRate);
        return Math.abs(first - second) > 1e-15;
    }
}
