package dev.polyphony.scoring;

import java.util.stream.IntStream;

/**
 * What M members say about N labelled samples of K classes. Immutable. Kept as log-softmax of the logits, so that a
 * probability too small for a double still has a finite logarithm.
 */
public final class Predictions {

    /** Differences of logits up to this size stay finite. */
    private static final double LARGEST_LOGIT = 1e300;

    private final double[][][] logProbabilities;
    private final int[] labels;

    /**
     * Copies the values.
     *
     * @param logits {@code [M][N][K]}, every dimension at least 1, finite, at most 1e300 in size
     * @param labels {@code [N]}, each in 0 to K-1
     * @throws IllegalArgumentException naming the member, sample and class that does not fit
     */
    public Predictions(double[][][] logits, int[] labels) {
        if (logits.length == 0 || labels.length == 0) {
            throw new IllegalArgumentException("Predictions need at least one member and one sample: " + logits.length
                    + " members, " + labels.length + " labels");
        }
        this.labels = labels.clone();
        this.logProbabilities = new double[logits.length][labels.length][];
        int classes = logits[0].length == 0 ? 0 : logits[0][0].length;
        for (int m = 0; m < logits.length; m++) {
            if (logits[m].length != labels.length) {
                throw new IllegalArgumentException("Member " + m + " has " + logits[m].length
                        + " samples, but there are " + labels.length + " labels");
            }
            for (int n = 0; n < labels.length; n++) {
                requireLogits(logits[m][n], classes, m, n);
                logProbabilities[m][n] = LogProbabilities.logSoftmax(logits[m][n], 1);
            }
        }
        LogProbabilities.requireLabels(labels, classes);
    }

    /**
     * What a network or an ensemble gave, as it gave it.
     *
     * @param logits {@code [M, N, K]}, row after row
     * @param labels {@code [N]}
     */
    public static Predictions of(float[] logits, int members, int[] labels) {
        int classes = logits.length / members / labels.length;
        double[][][] values = new double[members][labels.length][classes];
        int at = 0;
        for (double[][] member : values) {
            for (double[] sample : member) {
                for (int k = 0; k < classes; k++) {
                    sample[k] = logits[at++];
                }
            }
        }
        return new Predictions(values, labels);
    }

    private Predictions(Predictions all, int[] members) {
        this.labels = all.labels;
        this.logProbabilities =
                IntStream.of(members).mapToObj(m -> all.logProbabilities[m]).toArray(double[][][]::new);
    }

    private static void requireLogits(double[] row, int classes, int member, int sample) {
        if (row.length == 0 || row.length != classes) {
            throw new IllegalArgumentException("Member " + member + ", sample " + sample + " has " + row.length
                    + " classes, but the first has " + classes + "; at least one is needed");
        }
        for (int k = 0; k < classes; k++) {
            if (!(Math.abs(row[k]) <= LARGEST_LOGIT)) {
                throw new IllegalArgumentException("Logit of member " + member + ", sample " + sample + ", class " + k
                        + " must be finite and at most " + LARGEST_LOGIT + " in size, but is " + row[k]);
            }
        }
    }

    /** M, at least 1. */
    public int members() {
        return logProbabilities.length;
    }

    /** N, at least 1. */
    public int samples() {
        return labels.length;
    }

    /** K, at least 1. */
    public int classes() {
        return logProbabilities[0][0].length;
    }

    /** A copy of the labels, {@code [N]}. */
    public int[] labels() {
        return labels.clone();
    }

    /**
     * One member alone.
     *
     * @param m 0 to M-1
     */
    public Predictions member(int m) {
        if (m < 0 || m >= members()) {
            throw new IllegalArgumentException("There are " + members() + " members, counted from 0; no member " + m);
        }
        return subset(m);
    }

    /**
     * The first members.
     *
     * @param m how many, 1 to M
     */
    public Predictions first(int m) {
        if (m < 1 || m > members()) {
            throw new IllegalArgumentException("The first 1 to " + members() + " members can be taken, not " + m);
        }
        return subset(IntStream.range(0, m).toArray());
    }

    Predictions subset(int... members) {
        return new Predictions(this, members);
    }

    void requireSameMembers(Predictions validation) {
        if (validation.members() != members() || validation.classes() != classes()) {
            throw new IllegalArgumentException("The validation split has predictions of " + validation.members()
                    + " members and " + validation.classes() + " classes, the test split of " + members() + " and "
                    + classes());
        }
    }

    /** Log-probabilities of one sample by one member, {@code [K]}; not a copy. */
    double[] row(int member, int sample) {
        return logProbabilities[member][sample];
    }

    /**
     * Logarithm of the members' arithmetic mean probability (paper, eq. 18), {@code [N][K]}, computed anew on each call.
     * These are the "logits" of an ensemble (paper, eq. 19).
     */
    public double[][] pooledLogProbabilities() {
        return IntStream.range(0, samples()).mapToObj(this::pool).toArray(double[][]::new);
    }

    /** One row of {@link #pooledLogProbabilities}; a copy. */
    double[] pool(int sample) {
        double[] pooled = row(0, sample).clone();
        if (members() == 1) {
            return pooled;
        }
        for (int k = 0; k < pooled.length; k++) {
            double max = pooled[k];
            for (int m = 1; m < members(); m++) {
                max = Math.max(max, row(m, sample)[k]);
            }
            double sum = 0;
            for (int m = 0; m < members(); m++) {
                sum += Math.exp(row(m, sample)[k] - max);
            }
            pooled[k] = max + Math.log(sum / members());
        }
        return pooled;
    }
}
