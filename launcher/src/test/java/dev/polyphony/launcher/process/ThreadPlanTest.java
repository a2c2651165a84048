package dev.polyphony.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThreadPlanTest {

    @Test
    void trainer_getsAThreadPerCoreAndTheOthersOne() {
        ThreadPlan plan = new ThreadPlan(8);

        assertThat(plan.trainer()).isEqualTo(8);
        assertThat(plan.service()).isEqualTo(1);
    }

    @Test
    void members_areTrainedAsManyAtOnceAsThereAreCores() {
        assertThat(new ThreadPlan(2).membersAtOnce(4)).isEqualTo(2);
        assertThat(new ThreadPlan(8).membersAtOnce(3)).isEqualTo(3);
    }

    @Test
    void noCores_areRefused() {
        assertThatThrownBy(() -> new ThreadPlan(0)).hasMessageContaining("at least one core");
    }
}
