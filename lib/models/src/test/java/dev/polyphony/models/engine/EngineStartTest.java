package dev.polyphony.models.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineStartTest {

    @Test
    void librariesForAGpu_withoutOne_areToldApart() {
        assertThatThrownBy(() -> EngineStart.requireGpuFor(List.of("cu118"), 0))
                .isInstanceOf(EngineMistakeException.class)
                .hasMessageContainingAll("(cu118)", "CUDA shows none", "image for processors (cpu)");
        assertThatCode(() -> EngineStart.requireGpuFor(List.of("cu118"), 1)).doesNotThrowAnyException();
        assertThatCode(() -> EngineStart.requireGpuFor(List.of("cu118", "cpu"), 0))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsInTheClassPath_starts() {
        try (NDManager manager = EngineStart.manager(true)) {
            assertThat(manager.ones(new ai.djl.ndarray.types.Shape(2)).sum().getFloat())
                    .isEqualTo(2f);
        }
    }
}
