package dev.polyphony.evaluator.shift;

import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.datasets.OutOfDistributionSets;
import dev.polyphony.datasets.PublishedCorruptions;
import dev.polyphony.datasets.corruptions.Corruption;
import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.EvaluationPart.Corruptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The images that a recipe's evaluation asks for beside the splits.
 *
 * @param source where corruptions come from
 * @param corrupted makes or reads them; null where the source is none
 * @param outOfDistribution sets of other classes by name, in the recipe's order
 */
public record ShiftedImages(Corruptions source, @Nullable Corrupted corrupted, Map<String, Images> outOfDistribution) {

    /** Of all random choices of corruptions made here: their images are the same for every recipe. */
    private static final long SEED = 1;

    /** The test split under a corruption. */
    @FunctionalInterface
    public interface Corrupted {

        /** All test images, in their order, at a severity of 1 to {@link Corruption#SEVERITIES}. */
        Images at(Corruption corruption, int severity);
    }

    /**
     * Opens everything that is asked for, so that what is missing is told before any work is done.
     *
     * @throws dev.polyphony.datasets.InvalidDataException if something cannot be had
     */
    public static ShiftedImages open(Experiment experiment, Path dataDirectory) {
        EvaluationPart evaluation = experiment.recipe().evaluation();
        DatasetPart part = experiment.recipe().dataset();
        Dataset dataset = experiment.dataset();
        Map<String, Images> sets = new LinkedHashMap<>();
        for (String name : evaluation.outOfDistribution()) {
            sets.put(name, OutOfDistributionSets.open(name, part, dataset, dataDirectory));
        }
        return new ShiftedImages(
                evaluation.corruptions(), corrupted(evaluation.corruptions(), part, dataset, dataDirectory), sets);
    }

    private static @Nullable Corrupted corrupted(
            Corruptions source, DatasetPart part, Dataset dataset, Path dataDirectory) {
        return switch (source) {
            case NONE -> null;
            case LOCAL -> (corruption, severity) -> corruption.apply(dataset.test(), severity, SEED);
            case PUBLISHED -> {
                PublishedCorruptions published = PublishedCorruptions.open(part, dataDirectory);
                yield (corruption, severity) -> published.images(corruption.publishedName(), severity);
            }
        };
    }

    /** Examinations that this makes of one model. */
    int sets() {
        return outOfDistribution.size() + (corrupted == null ? 0 : Corruption.values().length * Corruption.SEVERITIES);
    }
}
