package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.networks.Networks;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's recipes build and step: a teacher, and a student with what its stream brings, on images of 8 x 8. */
class PaperStepTest extends Scoped {

    private static final int IMAGES = 2;
    private static final int[] LABELS = {3, 7};

    @ParameterizedTest
    @CsvSource({
        "cifar-10-be-4/confods, 10",
        "cifar-10-be-8/ods, 10",
        "cifar-10-end2/from-4, 10",
        "cifar-10-adversarial, 10",
        "cifar-100-be-4/confods, 100",
        "cifar-100-wrn-28-2/ods, 100",
        "cifar-100-wrn-28-5/gaussian, 100",
        "cifar-100-wrn-28-5/scratch, 100",
        "cifar-100-mimo-3/ods, 100",
        "tiny-imagenet-wrn-28-5/kd, 200",
    })
    void students(String name, int classes) {
        Recipe recipe = RecipeCatalogue.find("paper/" + name);
        Network network = Networks.student(recipe.student(), input(classes));
        boolean clean = recipe.stream().perturbation() == StreamPart.Perturbation.NONE;
        try (StudentTraining training = new StudentTraining(
                network,
                TrainingState.fresh(Initialisation.weights(network, manager, 1)),
                recipe.student(),
                recipe.stream().epochs())) {
            NDArray logits =
                    manager.randomNormal(0, 1, new Shape(recipe.ensemble().size(), IMAGES, classes), DataType.FLOAT32);
            Losses losses = training.step(images(), clean ? null : images(), LABELS, logits, 0, 0);
            assertStepped(losses, training.state());
        }
    }

    @ParameterizedTest
    @CsvSource({"cifar-10-be-4/kd, 10", "cifar-100-be-4/kd, 100"})
    void teachers(String name, int classes) {
        Recipe recipe = RecipeCatalogue.find("paper/" + name);
        Network network = Networks.member(recipe.training(), input(classes));
        try (MemberTraining training = new MemberTraining(
                network, TrainingState.fresh(Initialisation.weights(network, manager, 1)), recipe.training())) {
            assertStepped(training.step(images(), LABELS, 0), training.state());
        }
    }

    private static void assertStepped(Losses losses, TrainingState state) {
        assertThat(losses.total()).isFinite();
        assertThat(losses.gradientNorm()).isFinite().isPositive();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            assertThat(state.momentum().norm().getFloat()).isFinite().isPositive();
            assertThat(state.weights().parameters().norm().getFloat()).isFinite();
        }
    }

    private NDArray images() {
        return manager.randomUniform(0, 1, new Shape(IMAGES, 3, 8, 8));
    }

    private static ImageInput input(int classes) {
        return new ImageInput(3, 8, 8, classes, List.of(.5f, .5f, .4f), List.of(.2f, .2f, .3f));
    }
}
