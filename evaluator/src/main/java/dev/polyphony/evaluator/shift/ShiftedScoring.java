package dev.polyphony.evaluator.shift;

import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.Images;
import dev.polyphony.datasets.corruptions.Corruption;
import dev.polyphony.evaluator.shift.ShiftDocument.Cell;
import dev.polyphony.evaluator.shift.ShiftDocument.CorruptedScores;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.TemperatureScaling;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Scores a model on shifted images: one corruption and severity at a time, so that no more than one copy of the test
 * split is in memory. The temperature of calibrated scores is that of the clean validation split, as everywhere.
 */
final class ShiftedScoring {

    private final Dataset dataset;
    private final ShiftedImages shifted;
    private final IntConsumer examined;

    /** @param examined is told the number of images of each set that has been scored */
    ShiftedScoring(Dataset dataset, ShiftedImages shifted, IntConsumer examined) {
        this.dataset = dataset;
        this.shifted = shifted;
        this.examined = examined;
    }

    /**
     * All scores of a model.
     *
     * @param model pixels [N, C, H, W] to logits [M][N][K]
     */
    Result score(Function<byte[], double[][][]> model) {
        Predictions validation = predict(model, dataset.validation());
        double temperature = TemperatureScaling.fit(validation.pooledLogProbabilities(), validation.labels());
        ShiftedImages.Corrupted corrupted = shifted.corrupted();
        return new Result(
                corrupted == null
                        ? null
                        : new CorruptedScores(
                                ShiftDocument.name(shifted.source()), cells(model, corrupted, temperature)),
                foreign(model));
    }

    private List<Cell> cells(
            Function<byte[], double[][][]> model, ShiftedImages.Corrupted corrupted, double temperature) {
        List<Cell> cells = new ArrayList<>();
        for (Corruption corruption : Corruption.values()) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                Predictions predictions = predict(model, corrupted.at(corruption, severity));
                double[][] pooled = predictions.pooledLogProbabilities();
                cells.add(new Cell(
                        corruption.publishedName(),
                        severity,
                        Scores.of(pooled, predictions.labels()),
                        Scores.of(TemperatureScaling.apply(pooled, temperature), predictions.labels())));
                examined.accept(predictions.samples());
            }
        }
        return cells;
    }

    private Map<String, OutOfDistribution> foreign(Function<byte[], double[][][]> model) {
        Map<String, OutOfDistribution> scores = new LinkedHashMap<>();
        if (!shifted.outOfDistribution().isEmpty()) {
            Predictions in = predict(model, dataset.test());
            shifted.outOfDistribution().forEach((name, images) -> {
                scores.put(name, OutOfDistribution.of(in, predict(model, images)));
                examined.accept(images.count());
            });
        }
        return scores;
    }

    private static Predictions predict(Function<byte[], double[][][]> model, Images images) {
        return new Predictions(model.apply(images.pixels()), images.labels());
    }

    /**
     * All scores of one model.
     *
     * @param corruptions null if there are no corrupted images
     * @param outOfDistribution by name of the set
     */
    record Result(@Nullable CorruptedScores corruptions, Map<String, OutOfDistribution> outOfDistribution) {}
}
