package dev.polyphony.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * Selective prediction (Geifman and El-Yaniv 2017): the share of errors among the samples kept when only the most
 * confident are.
 *
 * <p>Samples of exactly equal confidence have no order: a point inside such a group is the expectation over all orders,
 * which makes the area the expected area.
 *
 * @param points one for each number of samples kept, 1 to N, by ascending coverage
 */
public record RiskCoverage(List<Point> points) {

    /**
     * One choice of how many to keep.
     *
     * @param coverage share of samples kept, above 0 to 1
     * @param risk share of errors among them, 0 to 1
     */
    public record Point(double coverage, double risk) {

        public Point {
            if (!(coverage > 0 && coverage <= 1) || !(risk >= 0 && risk <= 1)) {
                throw new IllegalArgumentException(
                        "Coverage must be above 0 to 1 and risk 0 to 1: " + coverage + ", " + risk);
            }
        }
    }

    public RiskCoverage {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("At least one sample is needed");
        }
    }

    /**
     * The curve of N samples.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     * @throws IllegalArgumentException naming the sample that does not fit
     */
    public static RiskCoverage of(double[][] logProbabilities, int[] labels) {
        RankedConfidences ranked = RankedConfidences.of(logProbabilities, labels);
        List<Point> points = new ArrayList<>();
        double errors = 0;
        for (int kept = 1; kept <= ranked.samples(); kept++) {
            errors += 1 - ranked.correct(ranked.samples() - kept);
            points.add(new Point((double) kept / ranked.samples(), Math.min(errors / kept, 1)));
        }
        return new RiskCoverage(points);
    }

    /** Area under the curve (AURC), 0 to 1: the mean risk over the points; lower is better. */
    public double area() {
        return points.stream().mapToDouble(Point::risk).average().orElseThrow();
    }

    /**
     * What the order of confidence costs (E-AURC, Geifman et al. 2019), about 0 to 1: {@link #area} less the area with
     * as many errors all ranked last.
     */
    public double excessArea() {
        int samples = points.size();
        long errors = Math.round(points.get(samples - 1).risk() * samples);
        double best = 0;
        for (long wrong = 1; wrong <= errors; wrong++) {
            best += (double) wrong / (samples - errors + wrong);
        }
        return area() - best / samples;
    }
}
