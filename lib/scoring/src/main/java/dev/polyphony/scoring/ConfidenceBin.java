package dev.polyphony.scoring;

/** Equal bins of a confidence: bin k of n is (k/n, (k+1)/n], open below and closed above. */
final class ConfidenceBin {

    /** A confidence this many bin widths above an edge counts as on it: 0.4 and exp(log(0.4)) differ in the last bit. */
    private static final double EDGE_TOLERANCE = 1e-9;

    private ConfidenceBin() {}

    static int of(double confidence, int bins) {
        int bin = (int) Math.ceil(confidence * bins - EDGE_TOLERANCE) - 1;
        return Math.min(Math.max(bin, 0), bins - 1);
    }
}
