package dev.polyphony.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.engine.Recording;
import dev.polyphony.models.networks.ResNet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnsembleTest {

    private static final ImageInput INPUT = new ImageInput(1, 8, 8, 3, List.of(0.1f), List.of(0.3f));
    private static final ResNet MEMBER = ResNet.plain(8, 4, 2, INPUT);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void logits_areEachMembersOwn() {
        Ensemble ensemble = ensemble();
        NDArray images = manager.ones(new Shape(5, 1, 8, 8));
        NDArray logits = ensemble.logits(images);
        assertThat(logits.getShape()).isEqualTo(new Shape(2, 5, 3));
        float[] all = logits.toFloatArray();
        for (int member = 0; member < 2; member++) {
            float[] own = ensemble.member(member).logits(images).toFloatArray();
            assertThat(Arrays.copyOfRange(all, member * 15, (member + 1) * 15)).containsExactly(own, within(0f));
        }
    }

    @Test
    void anEnsembleOfNone_isRefused() {
        assertThatThrownBy(() -> new Ensemble(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passes_leaveNothingBehind() {
        Ensemble ensemble = ensemble();
        ResNet student = ResNet.batchEnsemble(8, 4, 2, 2, INPUT);
        Weights weights = Initialisation.weights(student, manager, 1);
        NDArray images = manager.ones(new Shape(5, 1, 8, 8));
        pass(ensemble, student, weights, images);
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 50; i++) {
            pass(ensemble, student, weights, images);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void logits_withoutAScope_leaveOnlyThemselves() {
        Ensemble ensemble = ensemble();
        NDArray images = manager.ones(new Shape(5, 1, 8, 8));
        int before = manager.getManagedArrays().size();
        ensemble.logits(images);
        assertThat(manager.getManagedArrays()).hasSize(before + 1);
    }

    private static void pass(Ensemble ensemble, Network student, Weights weights, NDArray images) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray target = ensemble.logits(images).reshape(-1, 3);
            try (Recording recording = Recording.start()) {
                NDArray leaf = recording.leaf(weights.parameters());
                NDArray logits = student.logits(images, new Weights(leaf, weights.statistics()), true);
                recording.backward(logits.sub(target).square().mean());
                assertThat(leaf.getGradient().norm().getFloat()).isPositive();
            }
        }
    }

    private Ensemble ensemble() {
        return Ensemble.of(
                MEMBER,
                List.of(Initialisation.weights(MEMBER, manager, 1), Initialisation.weights(MEMBER, manager, 2)));
    }
}
