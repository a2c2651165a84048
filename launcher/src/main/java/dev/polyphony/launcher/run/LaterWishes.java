package dev.polyphony.launcher.run;

import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.EvaluationPart.Corruptions;
import dev.polyphony.launcher.report.Shift;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe asks for that its finished run does not have. What is scored belongs to no identity, so a recipe that
 * asks for more than before names the same run.
 */
final class LaterWishes {

    private LaterWishes() {}

    /**
     * Kinds of other images on which scores are missing, in the words of the recipe; none if all are there.
     *
     * @param evaluation what the recipe asks for
     * @param ensemble what the teachers have been scored on; null if on nothing
     * @param student the same of the student
     */
    static List<String> missing(EvaluationPart evaluation, @Nullable Shift ensemble, @Nullable Shift student) {
        List<String> missing = new ArrayList<>();
        for (EvaluationPart wish : wishes(evaluation)) {
            if (!covers(ensemble, wish) || !covers(student, wish)) {
                missing.add(words(wish));
            }
        }
        return List.copyOf(missing);
    }

    private static List<EvaluationPart> wishes(EvaluationPart evaluation) {
        List<EvaluationPart> wishes = new ArrayList<>();
        if (evaluation.corruptions() != Corruptions.NONE) {
            wishes.add(new EvaluationPart(evaluation.splits(), List.of(), evaluation.corruptions()));
        }
        for (String set : evaluation.outOfDistribution()) {
            wishes.add(new EvaluationPart(evaluation.splits(), List.of(set), Corruptions.NONE));
        }
        return wishes;
    }

    private static boolean covers(@Nullable Shift scores, EvaluationPart wish) {
        return scores != null && scores.covers(wish);
    }

    private static String words(EvaluationPart wish) {
        return wish.outOfDistribution().isEmpty()
                ? "corruptions: " + wish.corruptions().name().toLowerCase(Locale.ROOT)
                : wish.outOfDistribution().get(0);
    }
}
