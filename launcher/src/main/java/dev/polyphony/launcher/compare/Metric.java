package dev.polyphony.launcher.compare;

import dev.polyphony.launcher.report.RunScores.ModelScores;
import dev.polyphony.scoring.Scores;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The columns of a comparison, in the order of the paper's Table 1 and Table 8. */
enum Metric {
    ACCURACY("ACC", "%.4f", Better.HIGHER),
    NLL("NLL", "%.4f", Better.LOWER),
    BRIER("BS", "%.4f", Better.LOWER),
    ECE("ECE", "%.4f", Better.LOWER),
    DEE("DEE", "%.2f", Better.HIGHER),
    CALIBRATED_NLL("cNLL", "%.4f", Better.LOWER),
    CALIBRATED_BRIER("cBS", "%.4f", Better.LOWER),
    CALIBRATED_ECE("cECE", "%.4f", Better.LOWER),
    CALIBRATED_DEE("cDEE", "%.2f", Better.HIGHER),
    MEAN_KLD("mean-KLD", "%.4f", Better.NEITHER);

    private final String heading;
    private final String format;
    private final Better better;

    private enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    Metric(String heading, String format, Better better) {
        this.heading = heading;
        this.format = format;
        this.better = better;
    }

    String heading() {
        return heading;
    }

    /** How a value is written. */
    String format() {
        return format;
    }

    /** Whether a model can be best in it: the diversity of members has no better and worse. */
    boolean ranks() {
        return better != Better.NEITHER;
    }

    boolean isBetter(double a, double b) {
        return better == Better.HIGHER ? a > b : better == Better.LOWER && a < b;
    }

    /** Its value for a model; null if it was not measured. */
    @Nullable
    Double of(ModelScores scores) {
        return switch (this) {
            case ACCURACY -> scores.standard().accuracy();
            case NLL -> scores.standard().nll();
            case BRIER -> scores.standard().brier();
            case ECE -> scores.standard().ece();
            case DEE -> scores.dee();
            case CALIBRATED_NLL -> calibrated(scores, Scores::nll);
            case CALIBRATED_BRIER -> calibrated(scores, Scores::brier);
            case CALIBRATED_ECE -> calibrated(scores, Scores::ece);
            case CALIBRATED_DEE -> scores.deeCalibrated();
            case MEAN_KLD -> scores.meanKld();
        };
    }

    private static @Nullable Double calibrated(ModelScores scores, ToDoubleFunction<Scores> metric) {
        Scores atBestTemperature = scores.calibrated();
        return atBestTemperature == null ? null : metric.applyAsDouble(atBestTemperature);
    }
}
