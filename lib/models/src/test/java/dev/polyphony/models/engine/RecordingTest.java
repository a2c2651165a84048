package dev.polyphony.models.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.Test;

class RecordingTest {

    @Test
    void modes_goBackToWhatTheyWere() {
        boolean before = JniUtils.isGradMode();
        try (Recording recording = Recording.start()) {
            assertThat(recording).isNotNull();
            assertThat(JniUtils.isGradMode()).isTrue();
            assertThat(Recording.<Boolean>without(JniUtils::isGradMode)).isFalse();
            assertThat(JniUtils.isGradMode()).isTrue();
            assertThatThrownBy(() -> Recording.without(() -> {
                        throw new IllegalStateException("midway");
                    }))
                    .hasMessage("midway");
            assertThat(JniUtils.isGradMode()).isTrue();
        }
        assertThat(JniUtils.isGradMode()).isEqualTo(before);
    }

    @Test
    void gradients_addUpInALeaf_andSpareTheOriginal() {
        try (NDManager manager = NDManager.newBaseManager();
                Recording recording = Recording.start()) {
            NDArray original = manager.create(new float[] {1, 2});
            NDArray leaf = recording.leaf(original);
            recording.backward(leaf.mul(leaf).sum());
            recording.backward(leaf.sum());
            assertThat(leaf.getGradient().toFloatArray()).containsExactly(3, 5);
            assertThat(original.hasGradient()).isFalse();
        }
    }
}
