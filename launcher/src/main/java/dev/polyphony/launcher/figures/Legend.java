package dev.polyphony.launcher.figures;

import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPart.Perturbation;
import java.math.BigDecimal;

/** Words that figures use. */
final class Legend {

    /** Leaves room for what a figure adds to a name, within what its legend holds. */
    private static final int LONGEST = 36;

    private Legend() {}

    /** A recipe's name as far as a legend has room for it. */
    static String fit(String name) {
        return name.length() <= LONGEST ? name : "\u2026" + name.substring(name.length() - LONGEST + 1);
    }

    /** The name of a perturbation. */
    static String of(Perturbation perturbation) {
        return switch (perturbation) {
            case NONE -> "not perturbed";
            case GAUSSIAN -> "Gaussian noise";
            case ODS -> "ODS";
            case CONFODS -> "ConfODS";
            case ADVERSARIAL -> "adversarial";
        };
    }

    /** Output diversified sampling as it is measured of a run: guided like its stream, perturbed by it or not. */
    static String ods(StreamPart stream) {
        return switch (stream.guide()) {
            case MEMBERS -> "ODS";
            case EXTERNAL -> "ODS, external teacher";
        };
    }

    /** The size of what is added to images when a run is measured, such as 1.5/255: that of its stream. */
    static String stepSize(StreamPart stream) {
        return BigDecimal.valueOf(stream.stepSize()).stripTrailingZeros().toPlainString() + "/255";
    }
}
