package dev.polyphony.launcher.score;

import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.Npz;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.scoring.Predictions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predictions saved by any program in an NPZ archive: {@code logits} [M,N,K] or [N,K], {@code labels} [N], and for the
 * temperature {@code validation_logits}, {@code validation_labels} of the same shapes with another N.
 *
 * @param test to be scored
 * @param validation to fit the temperature on; null without one
 */
record PredictionsFile(Predictions test, @Nullable Predictions validation) {

    private static final String LOGITS = "logits";
    private static final String LABELS = "labels";
    private static final String VALIDATION = "validation_";

    /**
     * Reads an archive.
     *
     * @throws LauncherMistake if arrays are missing or do not fit together
     * @throws dev.polyphony.datasets.npy.InvalidNpyException if the file is not an archive of arrays
     */
    static PredictionsFile read(Path file) {
        Map<String, NpyArray> arrays = Npz.read(file);
        Predictions test = predictions(file, arrays, "");
        boolean validated = arrays.containsKey(VALIDATION + LOGITS) || arrays.containsKey(VALIDATION + LABELS);
        Predictions validation = validated ? predictions(file, arrays, VALIDATION) : null;
        if (validation != null && (validation.members() != test.members() || validation.classes() != test.classes())) {
            throw new LauncherMistake(file + ": validation_logits are of " + validation.members() + " members and "
                    + validation.classes() + " classes, logits of " + test.members() + " and " + test.classes()
                    + "; both must be of the same model");
        }
        return new PredictionsFile(test, validation);
    }

    private static Predictions predictions(Path file, Map<String, NpyArray> arrays, String prefix) {
        NpyArray logits = array(file, arrays, prefix + LOGITS);
        NpyArray labels = array(file, arrays, prefix + LABELS);
        long[] shape = logits.shape();
        if (shape.length == 2) {
            shape = new long[] {1, shape[0], shape[1]};
        }
        if (shape.length != 3 || logits.count() == 0) {
            throw new LauncherMistake(file + ": " + prefix + LOGITS + " must have shape [members, samples, classes] or"
                    + " [samples, classes], not " + Arrays.toString(logits.shape()));
        }
        if (labels.shape().length != 1 || labels.count() != shape[1]) {
            throw new LauncherMistake(file + ": " + prefix + LABELS + " must have shape [" + shape[1] + "] to go with "
                    + prefix + LOGITS + " of shape " + Arrays.toString(logits.shape()) + ", not "
                    + Arrays.toString(labels.shape()));
        }
        try {
            return new Predictions(rows(logits.toDoubles(), shape), labels.toInts());
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException unfit) {
            throw new LauncherMistake(
                    file + ": " + prefix + LOGITS + ", " + prefix + LABELS + ": " + unfit.getMessage());
        }
    }

    private static NpyArray array(Path file, Map<String, NpyArray> arrays, String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new LauncherMistake(file + ": there is no array " + name + "; it holds " + arrays.keySet()
                    + ". Needed are logits and labels, and for a temperature validation_logits and validation_labels");
        }
        return array;
    }

    private static double[][][] rows(double[] flat, long[] shape) {
        int classes = Math.toIntExact(shape[2]);
        double[][][] logits = new double[Math.toIntExact(shape[0])][Math.toIntExact(shape[1])][];
        int at = 0;
        for (double[][] member : logits) {
            for (int n = 0; n < member.length; n++) {
                member[n] = Arrays.copyOfRange(flat, at, at + classes);
                at += classes;
            }
        }
        return logits;
    }
}
