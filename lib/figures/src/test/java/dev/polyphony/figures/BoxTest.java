package dev.polyphony.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoxTest {

    @Test
    void box_hasInterpolatedQuartilesAndTukeyWhiskers() {
        // Quartiles of 1..5 and 20 by hand: places 1.25 and 3.75, so the reach is 1.5 * 2.5.
        Box box = Box.of(20, 1, 5, 2, 4, 3);
        assertThat(box.lowerQuartile()).isEqualTo(2.25);
        assertThat(box.median()).isEqualTo(3.5);
        assertThat(box.upperQuartile()).isEqualTo(4.75);
        assertThat(box.low()).isEqualTo(1);
        assertThat(box.high()).isEqualTo(5);
        assertThat(box.mean()).isEqualTo(35 / 6.0);
        assertThat(box.count()).isEqualTo(6);
    }

    @Test
    void box_ofOneValueIsThatValue() {
        assertThat(Box.of(2)).isEqualTo(new Box(1, 2, 2, 2, 2, 2, 2));
    }
}
