package dev.polyphony.evaluator;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.experiment.EvaluationPart.Split;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.DeepEnsembleEquivalent;
import dev.polyphony.scoring.Predictions;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Scores a model on the recipe's splits. Temperatures are fitted on the validation split, and deep ensemble equivalents
 * measured against the run's own ensemble.
 */
final class Examiner {

    private final Experiment experiment;
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
        Predictions validation = predict(Split.VALIDATION, ensembleLogits);
        Map<Split, Predictions> predictions = new EnumMap<>(Split.class);
        for (Split split : experiment.recipe().evaluation().splits()) {
            Predictions onSplit = split == Split.VALIDATION ? validation : predict(split, ensembleLogits);
            predictions.put(split, onSplit);
            standard.put(split, new DeepEnsembleEquivalent(DeepEnsembleEquivalent.curve(onSplit)));
            calibrated.put(
                    split, new DeepEnsembleEquivalent(DeepEnsembleEquivalent.calibratedCurve(onSplit, validation)));
        }
        this.ensembleScores = score(predictions, validation);
    }

    /** Scores of the ensemble itself. */
    SortedMap<String, SplitScores> ensembleScores() {
        return ensembleScores;
    }

    /** Scores of a student. */
    SortedMap<String, SplitScores> examine(Function<byte[], double[][][]> logits) {
        Predictions validation = predict(Split.VALIDATION, logits);
        Map<Split, Predictions> predictions = new EnumMap<>(Split.class);
        for (Split split : experiment.recipe().evaluation().splits()) {
            predictions.put(split, split == Split.VALIDATION ? validation : predict(split, logits));
        }
        return score(predictions, validation);
    }

    /** Images that one examination looks at. */
    long images() {
        long test = experiment.recipe().evaluation().splits().contains(Split.TEST)
                ? images(Split.TEST).count()
                : 0;
        return images(Split.VALIDATION).count() + test;
    }

    private SortedMap<String, SplitScores> score(Map<Split, Predictions> predictions, Predictions validation) {
        SortedMap<String, SplitScores> scores = new TreeMap<>();
        predictions.forEach((split, onSplit) -> {
            Assessment assessment = Assessment.of(onSplit, validation);
            scores.put(
                    split.name().toLowerCase(Locale.ROOT),
                    SplitScores.of(
                            assessment,
                            equivalent(standard, split).of(assessment.standard().nll()),
                            assessment
                                    .calibrated()
                                    .map(atBestTemperature ->
                                            equivalent(calibrated, split).of(atBestTemperature.nll()))
                                    .orElse(null)));
        });
        return scores;
    }

    private static DeepEnsembleEquivalent equivalent(Map<Split, DeepEnsembleEquivalent> all, Split split) {
        DeepEnsembleEquivalent found = all.get(split);
        if (found == null) {
            throw new IllegalStateException("no ensemble scores on " + split);
        }
        return found;
    }

    private Predictions predict(Split split, Function<byte[], double[][][]> logits) {
        Images images = images(split);
        return new Predictions(logits.apply(images.pixels()), images.labels());
    }

    private Images images(Split split) {
        return switch (split) {
            case VALIDATION -> experiment.dataset().validation();
            case TEST -> experiment.dataset().test();
        };
    }
}
