package dev.polyphony.models.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

class DeterministicKernelsTest {

    @AfterEach
    void off() {
        DeterministicKernels.demand(false);
    }

    @Test
    void switch_isTheEnginesOwn() {
        assertThat(DeterministicKernels.areDemanded()).isFalse();
        DeterministicKernels.demand(true);
        assertThat(DeterministicKernels.areDemanded()).isTrue();
        DeterministicKernels.demand(false);
        assertThat(DeterministicKernels.areDemanded()).isFalse();
    }

    @Test
    @DisabledIf("hasGpu")
    void processor_isLeftAlone() {
        EngineStart.manager(true).close();
        assertThat(DeterministicKernels.areDemanded()).isFalse();
    }

    static boolean hasGpu() {
        return Engine.getInstance().getGpuCount() > 0;
    }
}
