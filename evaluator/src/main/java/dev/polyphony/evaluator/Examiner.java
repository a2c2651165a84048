package dev.polyphony.evaluator;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.experiment.EvaluationPart.Split;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.DeepEnsembleEquivalent;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.Scores;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scores a model on the recipe's splits. Temperatures are fitted on the validation split, and deep ensemble equivalents
 * measured against the run's own ensemble. A student is scored on the validation split in any case, for by that it is
 * chosen, which no recipe's evaluation may change.
 */
final class Examiner {

    private final Experiment experiment;
    private final Set<Split> ofStudents;
    private final Map<Split, DeepEnsembleEquivalent> standard = new EnumMap<>(Split.class);
    private final Map<Split, DeepEnsembleEquivalent> calibrated = new EnumMap<>(Split.class);
    private final SortedMap<String, SplitScores> ensembleScores;

    /**
     * An examiner that measures against an ensemble.
     *
     * @param ensembleLogits pixels [N, C, H, W] to the members' logits [M][N][K]
     */
    Examiner(Experiment experiment, Function<byte[], double[][][]> ensembleLogits) {
        this.experiment = experiment;
        this.ofStudents = ofStudents(experiment);
        Map<Split, Predictions> predictions = predict(ensembleLogits);
        Predictions validation = on(predictions, Split.VALIDATION);
        predictions.forEach((split, onSplit) -> {
            standard.put(split, new DeepEnsembleEquivalent(DeepEnsembleEquivalent.curve(onSplit)));
            calibrated.put(
                    split, new DeepEnsembleEquivalent(DeepEnsembleEquivalent.calibratedCurve(onSplit, validation)));
        });
        predictions.keySet().retainAll(experiment.recipe().evaluation().splits());
        this.ensembleScores = score(predictions, validation);
    }

    private Examiner(Experiment experiment) {
        this.experiment = experiment;
        this.ofStudents = ofStudents(experiment);
        this.ensembleScores = new TreeMap<>();
    }

    /** An examiner of students whose ensemble no longer exists: nothing is measured against it. */
    static Examiner withoutEnsemble(Experiment experiment) {
        return new Examiner(experiment);
    }

    private static Set<Split> ofStudents(Experiment experiment) {
        Set<Split> splits = EnumSet.of(Split.VALIDATION);
        splits.addAll(experiment.recipe().evaluation().splits());
        return Collections.unmodifiableSet(splits);
    }

    /** Scores of the ensemble itself, on the splits that the recipe asks for; none without an ensemble. */
    SortedMap<String, SplitScores> ensembleScores() {
        return ensembleScores;
    }

    /** Scores of a student, on the splits that the recipe asks for and on the validation split. */
    SortedMap<String, SplitScores> examine(Function<byte[], double[][][]> logits) {
        Map<Split, Predictions> predictions = predict(logits);
        return score(predictions, on(predictions, Split.VALIDATION));
    }

    /** Names of the splits that {@link #examine} scores. */
    Set<String> splits() {
        return ofStudents.stream().map(Examiner::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Images that one examination looks at. */
    long images() {
        return ofStudents.stream().mapToLong(split -> images(split).count()).sum();
    }

    private SortedMap<String, SplitScores> score(Map<Split, Predictions> predictions, Predictions validation) {
        SortedMap<String, SplitScores> scores = new TreeMap<>();
        predictions.forEach((split, onSplit) -> {
            Assessment assessment = Assessment.of(onSplit, validation);
            scores.put(
                    name(split),
                    SplitScores.of(
                            assessment,
                            equivalent(standard, split, assessment.standard()),
                            assessment
                                    .calibrated()
                                    .map(atBestTemperature -> equivalent(calibrated, split, atBestTemperature))
                                    .orElse(null)));
        });
        return scores;
    }

    private static @Nullable Double equivalent(
            Map<Split, DeepEnsembleEquivalent> ensemble, Split split, Scores scores) {
        DeepEnsembleEquivalent found = ensemble.get(split);
        return found == null ? null : found.of(scores.nll());
    }

    private static <T> T on(Map<Split, T> all, Split split) {
        T found = all.get(split);
        if (found == null) {
            throw new IllegalStateException("nothing was predicted on " + split);
        }
        return found;
    }

    private static String name(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }

    private Map<Split, Predictions> predict(Function<byte[], double[][][]> logits) {
        Map<Split, Predictions> predictions = new EnumMap<>(Split.class);
        for (Split split : ofStudents) {
            Images images = images(split);
            predictions.put(split, new Predictions(logits.apply(images.pixels()), images.labels()));
        }
        return predictions;
    }

    private Images images(Split split) {
        return switch (split) {
            case VALIDATION -> experiment.dataset().validation();
            case TEST -> experiment.dataset().test();
        };
    }
}
