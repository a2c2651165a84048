package dev.polyphony.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.EvaluationPart.Split;
import dev.polyphony.experiment.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExaminerTest {

    private final Experiment experiment = Experiment.open("tiny", Path.of("data"));

    /** Two members that know nothing, each in its own way. */
    private static double[][][] guesses(byte[] pixels, int members) {
        Random random = new Random(1);
        double[][][] logits = new double[members][pixels.length / 784][10];
        for (double[][] member : logits) {
            for (double[] sample : member) {
                for (int k = 0; k < sample.length; k++) {
                    sample[k] = random.nextGaussian();
                }
            }
        }
        return logits;
    }

    @Test
    void studentLikeTheEnsemble_isWorthAllItsMembers() {
        Examiner examiner = new Examiner(experiment, pixels -> guesses(pixels, 2));
        SplitScores student = test(examiner.examine(pixels -> guesses(pixels, 2)));
        SplitScores ensemble = test(examiner.ensembleScores());
        assertThat(student).isEqualTo(ensemble);
        assertThat(student.dee()).isEqualTo(2);
        assertThat(student.members()).isEqualTo(2);
        assertThat(student.perMember()).hasSize(2);
    }

    @Test
    void worseStudent_isWorthOneMember() {
        Examiner examiner = new Examiner(experiment, pixels -> guesses(pixels, 2));
        SplitScores student = test(examiner.examine(pixels -> scaled(guesses(pixels, 2), 10)));
        assertThat(student.dee()).isEqualTo(1);
        assertThat(Objects.requireNonNull(student.temperature())).isGreaterThan(5);
    }

    @Test
    void withoutAnEnsemble_aStudentHasAllScoresButEquivalents() {
        SplitScores measured =
                test(new Examiner(experiment, pixels -> guesses(pixels, 2)).examine(pixels -> guesses(pixels, 2)));
        Examiner alone = Examiner.withoutEnsemble(experiment);
        assertThat(alone.ensembleScores()).isEmpty();
        SplitScores student = test(alone.examine(pixels -> guesses(pixels, 2)));
        assertThat(student.dee()).isNull();
        assertThat(student.deeCalibrated()).isNull();
        assertThat(student)
                .usingRecursiveComparison()
                .ignoringFields("dee", "deeCalibrated")
                .isEqualTo(measured);
    }

    @Test
    void images_countsValidationAndTest() {
        assertThat(new Examiner(experiment, pixels -> guesses(pixels, 2)).images())
                .isEqualTo(3_000);
    }

    /** The student is chosen by them. */
    @Test
    void student_hasValidationScores_whateverTheRecipeWantsScored() {
        Examiner both = new Examiner(experiment, pixels -> guesses(pixels, 2));
        Examiner testOnly = new Examiner(scoring(Split.TEST), pixels -> guesses(pixels, 2));
        assertThat(testOnly.splits()).containsExactlyInAnyOrder("validation", "test");
        assertThat(testOnly.examine(pixels -> guesses(pixels, 2)))
                .isEqualTo(both.examine(pixels -> guesses(pixels, 2)));
        assertThat(testOnly.ensembleScores()).containsOnlyKeys("test");
        assertThat(test(testOnly.ensembleScores())).isEqualTo(test(both.ensembleScores()));
        Examiner validationOnly = new Examiner(scoring(Split.VALIDATION), pixels -> guesses(pixels, 2));
        assertThat(validationOnly.examine(pixels -> guesses(pixels, 2))).containsOnlyKeys("validation");
        assertThat(validationOnly.images()).isLessThan(both.images());
    }

    private Experiment scoring(Split split) {
        Recipe recipe = experiment.recipe();
        Recipe other = new Recipe(
                recipe.name(),
                recipe.dataset(),
                recipe.ensemble(),
                recipe.stream(),
                recipe.student(),
                new EvaluationPart(List.of(split), List.of(), EvaluationPart.Corruptions.NONE));
        return new Experiment(other, experiment.dataset(), experiment.identities());
    }

    @Test
    void document_isReadBackAsItWas() {
        Examiner examiner = new Examiner(experiment, pixels -> guesses(pixels, 2));
        SplitScores scores = test(examiner.ensembleScores());
        byte[] json = EvaluationDocument.JSON.writeValueAsBytes(scores);
        assertThat(EvaluationDocument.JSON
                        .readTree(json)
                        .path("standard")
                        .path("nll")
                        .asDouble())
                .isCloseTo(scores.standard().nll(), within(1e-12));
        assertThat(EvaluationDocument.JSON.readTree(json).path("reliability")).hasSize(15);
    }

    private static double[][][] scaled(double[][][] logits, double factor) {
        for (double[][] member : logits) {
            for (double[] sample : member) {
                for (int k = 0; k < sample.length; k++) {
                    sample[k] *= factor;
                }
            }
        }
        return logits;
    }

    private static SplitScores test(java.util.SortedMap<String, SplitScores> scores) {
        return Objects.requireNonNull(scores.get("test"));
    }
}
