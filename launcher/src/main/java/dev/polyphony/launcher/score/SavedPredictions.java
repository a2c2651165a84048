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
 * Predictions as they lie in an NPZ file: {@code logits} [M, N, K], or [N, K] for one model, and integer {@code labels}
 * [N]; both again with the prefix {@code validation_} where a temperature is wanted.
 *
 * @param test what is scored
 * @param validation what the temperature is fitted on; null if the file has none
 */
record SavedPredictions(Predictions test, @Nullable Predictions validation) {

    private static final String LOGITS = "logits";
    private static final String LABELS = "labels";
    private static final String VALIDATION = "validation_";

    /**
     * Reads a file.
     *
     * @throws RuntimeException that is a {@link dev.polyphony.experiment.UserMistake}, saying what does not fit
     */
    static SavedPredictions read(Path file) {
        Map<String, NpyArray> arrays = Npz.read(file);
        Predictions test = predictions(file, arrays, "");
        if (!arrays.containsKey(VALIDATION + LOGITS) && !arrays.containsKey(VALIDATION + LABELS)) {
            return new SavedPredictions(test, null);
        }
        Predictions validation = predictions(file, arrays, VALIDATION);
        if (validation.members() != test.members() || validation.classes() != test.classes()) {
            throw new LauncherMistake(file + ": validation_logits are of " + validation.members() + " members and "
                    + validation.classes() + " classes, logits of " + test.members() + " and " + test.classes()
                    + "; both must be of the same models");
        }
        return new SavedPredictions(test, validation);
    }

    private static Predictions predictions(Path file, Map<String, NpyArray> arrays, String prefix) {
        NpyArray logits = find(file, arrays, prefix + LOGITS);
        NpyArray labels = find(file, arrays, prefix + LABELS);
        long[] shape = logits.shape();
        if (shape.length != 2 && shape.length != 3) {
            throw new LauncherMistake(file + ": " + prefix + LOGITS + " has shape " + Arrays.toString(shape)
                    + "; [members, samples, classes] or [samples, classes] is needed");
        }
        long members = shape.length == 3 ? shape[0] : 1;
        long samples = shape[shape.length - 2];
        long classes = shape[shape.length - 1];
        if (logits.count() == 0) {
            throw new LauncherMistake(
                    file + ": " + prefix + LOGITS + " of shape " + Arrays.toString(shape) + " is empty");
        }
        if (labels.shape().length != 1 || labels.shape()[0] != samples) {
            throw new LauncherMistake(file + ": " + prefix + LABELS + " has shape " + Arrays.toString(labels.shape())
                    + "; one label for each of the " + samples + " samples of " + prefix + LOGITS + " is needed, ["
                    + samples + "]");
        }
        try {
            return new Predictions(
                    fold(logits.toDoubles(), (int) members, (int) samples, (int) classes), labels.toInts());
        } catch (IllegalStateException noIntegers) {
            throw new LauncherMistake(file + ": " + prefix + LABELS + " must be integers, class numbers from 0 to "
                    + (classes - 1) + ", but they are " + labels.type().descriptor());
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw new LauncherMistake(
                    file + ": " + prefix + LOGITS + " and " + prefix + LABELS + ": " + refused.getMessage());
        }
    }

    private static NpyArray find(Path file, Map<String, NpyArray> arrays, String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            String partner = name.startsWith(VALIDATION) ? "; validation_logits and validation_labels go together" : "";
            throw new LauncherMistake(file + " has no array '" + name + "', only " + arrays.keySet() + partner);
        }
        return array;
    }

    private static double[][][] fold(double[] values, int members, int samples, int classes) {
        double[][][] folded = new double[members][samples][];
        for (int row = 0; row < members * samples; row++) {
            folded[row / samples][row % samples] = Arrays.copyOfRange(values, row * classes, (row + 1) * classes);
        }
        return folded;
    }
}
