package dev.polyphony.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.chaos.faults.Fault;
import dev.polyphony.chaos.faults.LeaderLoss;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    @Test
    void random_followsFromTheSeed() {
        List<Fault> plan = FaultPlan.random(new SplittableRandom(7), 100, name -> true);

        assertThat(plan).hasSize(100).isEqualTo(FaultPlan.random(new SplittableRandom(7), 100, name -> true));
        assertThat(plan).isNotEqualTo(FaultPlan.random(new SplittableRandom(8), 100, name -> true));
    }

    @Test
    void random_ofAHundred_hasEveryKindThatTheBriefFormHas_andOneBrokerCanHave() {
        Set<String> names = names(FaultPlan.random(new SplittableRandom(1), 100, name -> true));
        Set<String> brief = names(FaultPlan.brief());
        brief.remove(new LeaderLoss().name());

        assertThat(names).containsAll(brief);
    }

    @Test
    void random_ofSomeNames_hasNoOthers() {
        assertThat(names(FaultPlan.random(new SplittableRandom(1), 20, name -> name.contains("broker"))))
                .containsExactlyInAnyOrder("kill -9 of a broker", "clean restart of a broker");
    }

    @Test
    void random_ofNoName_isRefused() {
        assertThatThrownBy(() -> FaultPlan.random(new SplittableRandom(1), 20, name -> false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<String> names(List<Fault> faults) {
        return faults.stream().map(Fault::name).collect(Collectors.toSet());
    }
}
