package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.networks.Architecture.Kind;
import dev.polyphony.models.networks.MimoArrangement;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.networks.OwnImages;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnRowsTest extends Scoped {

    private static final int IMAGES = 3;
    private static final int REPETITIONS = 3;
    private static final int[] LABELS = {0, 2, 1};
    private static final OwnImages NETWORK = (OwnImages)
            Networks.named("resnet-8", Kind.MIMO, 2, 2, 2, new ImageInput(1, 8, 8, 3, List.of(0.5f), List.of(0.5f)));

    private final OwnRows rows = new OwnRows(NETWORK, REPETITIONS, 7);

    private NDArray images() {
        return array(shape(IMAGES, 1, 8, 8), GuideVector.draw(1, 0, IMAGES, 64)).abs();
    }

    /** Logits of member m on image i are 10 m + i, three times. */
    private NDArray teacher() {
        return array(shape(2, 3, 3), 0, 0, 0, 1, 1, 1, 2, 2, 2, 10, 10, 10, 11, 11, 11, 12, 12, 12);
    }

    @Test
    void rows_haveTheImageTheLabelAndTheTeacherOfOneAnother() {
        NDArray images = images();
        MimoArrangement arrangement = rows.arrangement(images, 4);
        float[] seen = OwnRows.images(images, arrangement).toFloatArray();
        float[] own = rows.ownTeacher(teacher(), arrangement).toFloatArray();
        NDArray every = OwnRows.everyTeacher(teacher(), arrangement);
        int[] labels = arrangement.labelsOfRows(LABELS);
        int perMember = REPETITIONS * IMAGES;
        assertThat(labels).hasSize(2 * perMember);
        assertThat(every.getShape().getShape()).containsExactly(2, 2L * perMember, 3);
        float[] pixels = images.toFloatArray();
        for (int row = 0; row < labels.length; row++) {
            int image = arrangement.imageOfRow()[row];
            assertThat(seen[row * 64 + 5]).isEqualTo(pixels[image * 64 + 5]);
            assertThat(labels[row]).isEqualTo(LABELS[image]);
            int member = row / perMember;
            assertThat(own[row * 3]).isEqualTo(10f * member + image);
            assertThat(every.getFloat(0, row, 0)).isEqualTo(image);
            assertThat(every.getFloat(1, row, 0)).isEqualTo(10f + image);
        }
    }

    @Test
    void students_learnWithEveryObjective_theSameInTheSameStep() {
        for (StudentPart.Objective objective : StudentPart.Objective.values()) {
            Losses first = step(objective, 0);
            assertThat(first.gradientNorm()).as("%s", objective).isPositive();
            assertThat(step(objective, 0)).isEqualTo(first);
            assertThat(step(objective, 1)).as("%s in another step", objective).isNotEqualTo(first);
        }
    }

    private Losses step(StudentPart.Objective objective, long step) {
        TrainingState state = TrainingState.fresh(Initialisation.weights(NETWORK, manager, 1));
        try (StudentTraining training =
                new StudentTraining(NETWORK, state, Students.part(objective, 0.01, 0.9, 1, 0, 1), 10)) {
            return training.step(images(), images().mul(0.9f), LABELS, teacher(), 0, step);
        }
    }

    @Test
    void oneToOne_fromAnotherNumberOfMembers_isAMistake() {
        MimoArrangement arrangement = rows.arrangement(images(), 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows.ownTeacher(array(shape(3, 3, 3), new float[27]), arrangement))
                .withMessageContaining("(3, 3, 3)");
    }
}
