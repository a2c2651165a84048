package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MimoArrangementTest {

    @Test
    void everyHead_seesEveryImageAsOftenAsItIsRepeated() {
        int[] images = MimoArrangement.draw(3, 7, 4, 1, 5).imageOfRow();
        assertThat(images).hasSize(3 * 4 * 7);
        for (int member = 0; member < 3; member++) {
            int[] counts = new int[7];
            for (int image : Arrays.copyOfRange(images, member * 28, (member + 1) * 28)) {
                counts[image]++;
            }
            assertThat(counts).containsOnly(4);
        }
    }

    @Test
    void arrangement_isAFunctionOfSeedAndStep() {
        int[] first = MimoArrangement.draw(2, 8, 4, 1, 5).imageOfRow();
        assertThat(MimoArrangement.draw(2, 8, 4, 1, 5).imageOfRow()).isEqualTo(first);
        assertThat(MimoArrangement.draw(2, 8, 4, 2, 5).imageOfRow()).isNotEqualTo(first);
        assertThat(MimoArrangement.draw(2, 8, 4, 1, 6).imageOfRow()).isNotEqualTo(first);
    }

    /** Frozen: a run that goes on with a later version must draw the same. */
    @Test
    void numbers_areFrozen() {
        assertThat(MimoArrangement.draw(2, 3, 2, 1, 0).imageOfRow()).containsExactly(FROZEN);
    }

    private static final int[] FROZEN = {0, 2, 2, 1, 0, 1, 2, 0, 1, 0, 1, 2};

    /** Heads that see the same image in the same row by chance alone: one in B. */
    @Test
    void heads_areOrderedIndependently() {
        int equal = 0;
        for (int step = 0; step < 100; step++) {
            int[] images = MimoArrangement.draw(2, 16, 4, 1, step).imageOfRow();
            for (int row = 0; row < 64; row++) {
                equal += images[row] == images[64 + row] ? 1 : 0;
            }
        }
        assertThat(equal).isBetween(320, 480); // 400 expected, four standard deviations
    }

    @Test
    void labelsAndTeachers_followTheImages() {
        MimoArrangement arrangement = MimoArrangement.draw(3, 4, 2, 9, 1);
        int[] images = arrangement.imageOfRow();
        int[] labels = arrangement.labelsOfRows(new int[] {50, 51, 52, 53});
        int[] teachers = arrangement.teacherOfRow();
        for (int row = 0; row < 24; row++) {
            assertThat(labels[row]).isEqualTo(50 + images[row]);
            assertThat(teachers[row]).isEqualTo(row / 8 * 4 + images[row]);
        }
        assertThatThrownBy(() -> arrangement.labelsOfRows(new int[3])).hasMessageContaining("3 labels for 4 images");
    }

    @Test
    void nothingToArrange_isRefused() {
        assertThatThrownBy(() -> MimoArrangement.draw(0, 4, 4, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MimoArrangement.draw(2, 0, 4, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MimoArrangement.draw(2, 4, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
