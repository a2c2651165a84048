package dev.polyphony.scoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SampleSummaryTest {

    @Test
    void deviation_isOfTheSample() {
        SampleSummary summary = SampleSummary.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertThat(summary.count()).isEqualTo(8);
        assertThat(summary.mean()).isEqualTo(5);
        assertThat(summary.standardDeviation().orElseThrow()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
        assertThat(summary.min()).isEqualTo(2);
        assertThat(summary.max()).isEqualTo(9);
    }

    @Test
    void deviation_survivesALargeMean() {
        assertThat(SampleSummary.of(1e9 + 1, 1e9 + 2, 1e9 + 3)
                        .standardDeviation()
                        .orElseThrow())
                .isEqualTo(1);
    }

    @Test
    void oneValue_hasNoDeviation() {
        assertThat(SampleSummary.of(3)).isEqualTo(new SampleSummary(1, 3, OptionalDouble.empty(), 3, 3));
        assertThat(SampleSummary.of(3, 3).standardDeviation()).hasValue(0);
    }

    @Test
    void whatDoesNotFit_isRefused() {
        assertThatThrownBy(SampleSummary::of).hasMessageContaining("at least one");
        assertThatThrownBy(() -> SampleSummary.of(1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new SampleSummary(2, 0, OptionalDouble.empty(), 0, 0))
                .hasMessageContaining("2 values");
    }
}
