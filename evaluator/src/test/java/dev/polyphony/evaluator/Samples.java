package dev.polyphony.evaluator;

import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Predictions;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Scores of two members' random logits on thirty samples of four classes. */
final class Samples {

    private Samples() {}

    static SortedMap<String, SplitScores> scores() {
        SortedMap<String, SplitScores> scores = new TreeMap<>();
        scores.put("test", SplitScores.of(Assessment.of(predictions(1), predictions(2)), 1.5, null));
        scores.put("validation", SplitScores.of(Assessment.of(predictions(2), null), 1.5, 2.5));
        return scores;
    }

    private static Predictions predictions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] logits = new float[2 * 30 * 4];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble(-3, 3);
        }
        return Predictions.of(logits, 2, random.ints(30, 0, 4).toArray());
    }
}
