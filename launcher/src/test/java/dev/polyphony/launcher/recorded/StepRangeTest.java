package dev.polyphony.launcher.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.launcher.LauncherMistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepRangeTest {

    @Test
    void range_includesBothEnds() {
        assertThat(StepRange.parse("3..5")).isEqualTo(new StepRange(3, 5));
        assertThat(StepRange.parse("3..5").count()).isEqualTo(3);
        assertThat(StepRange.parse("7")).isEqualTo(new StepRange(7, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5..3", "-1..3", "a..b", "1...3", "1-3", "9999999999999999999"})
    void nonsense_isAMistake(String text) {
        assertThatThrownBy(() -> StepRange.parse(text)).isInstanceOf(LauncherMistake.class);
    }
}
