package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaddingTest {

    @Test
    void everyChannel_getsItsOwnEdge() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        Images images = new Images(new ImageShape(2, 2, 2), pixels, new int[] {7, 3});

        Images padded = Padding.black(images, 1);

        assertThat(padded.shape()).isEqualTo(new ImageShape(2, 4, 4));
        assertThat(padded.labels()).containsExactly(7, 3);
        byte[] second = new byte[32];
        padded.copy(1, second, 0);
        assertThat(second)
                .containsExactly(
                        0, 0, 0, 0, 0, 9, 10, 0, 0, 11, 12, 0, 0, 0, 0, 0, //
                        0, 0, 0, 0, 0, 13, 14, 0, 0, 15, 16, 0, 0, 0, 0, 0);
    }

    @Test
    void noPixels_changeNothing() {
        Images images = new Images(new ImageShape(1, 1, 3), new byte[] {1, 2, 3}, new int[] {0});

        assertThat(Padding.black(images, 0).pixels()).containsExactly(1, 2, 3);
    }
}
