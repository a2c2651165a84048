package dev.polyphony.scoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoxStatisticsTest {

    @Test
    void whiskers_leaveOutWhatIsFar() {
        BoxStatistics box = BoxStatistics.of(new double[] {100, 1, 4, 2, 3, 5, 6, 7, -50});
        assertThat(box.count()).isEqualTo(9);
        assertThat(box.min()).isEqualTo(-50);
        assertThat(box.lowerWhisker()).isEqualTo(1);
        assertThat(box.q1()).isEqualTo(2);
        assertThat(box.median()).isEqualTo(4);
        assertThat(box.q3()).isEqualTo(6);
        assertThat(box.upperWhisker()).isEqualTo(7);
        assertThat(box.max()).isEqualTo(100);
        assertThat(box.mean()).isEqualTo(78 / 9.0);
    }

    @Test
    void whiskers_neverEndInsideTheBox() {
        BoxStatistics box = BoxStatistics.of(new double[] {0, 10, 10, 10});
        assertThat(box.q1()).isEqualTo(7.5);
        assertThat(box.lowerWhisker()).isEqualTo(7.5);
        assertThat(box.upperWhisker()).isEqualTo(10);
    }

    @Test
    void oneValue_orNone_isABoxToo() {
        assertThat(BoxStatistics.of(new double[] {2})).isEqualTo(new BoxStatistics(1, 2, 2, 2, 2, 2, 2, 2, 2));
        assertThat(BoxStatistics.of(new double[0])).isEqualTo(new BoxStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void whatIsNotFinite_isRefused() {
        assertThatThrownBy(() -> BoxStatistics.of(new double[] {1, Double.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> BoxStatistics.of(new double[] {Double.NEGATIVE_INFINITY}))
                .hasMessageContaining("-Infinity");
    }
}
