package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final ImageShape SHAPE = new ImageShape(1, 1, 2);
    private static final Images IMAGES = new Images(SHAPE, new byte[] {1, 2, 3, 4, 5, 6}, new int[] {0, 1, 0});

    @Test
    void range_isAViewOfSomeImages() {
        Images range = IMAGES.range(1, 3);

        assertThat(range.pixels()).containsExactly(3, 4, 5, 6);
        assertThat(range.labels()).containsExactly(1, 0);
        assertThatThrownBy(() -> IMAGES.range(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void imagesOutsideTheHeap_areReadLikeOthers() {
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(2, new byte[] {1, 2, 3, 4, 5, 6});
        Images images = new Images(SHAPE, direct.position(2), new int[] {0, 1, 0});
        byte[] copied = new byte[3];

        images.copy(2, copied, 1);

        assertThat(copied).containsExactly(0, 5, 6);
        assertThat(images.pixels()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(images.range(1, 2).pixels()).containsExactly(3, 4);
        assertThatThrownBy(() -> images.copy(3, copied, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void pixelsThatDoNotFitTheLabels_areRefused() {
        assertThatThrownBy(() -> new Images(SHAPE, new byte[5], new int[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("5 pixels for 3 labels");
        assertThatThrownBy(() -> new ImageShape(1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inconsistentParts_areRefused() {
        Images other = new Images(new ImageShape(1, 2, 1), new byte[2], new int[1]);

        assertThatThrownBy(() -> dataset(List.of("a"), IMAGES, List.of(0.5f))).hasMessage("1 names for 2 classes");
        assertThatThrownBy(() -> dataset(List.of("a", "b"), other, List.of(0.5f)))
                .hasMessageContaining("in a data set of");
        assertThatThrownBy(() -> dataset(List.of("a", "b"), IMAGES, List.of(0.5f, 0.5f)))
                .hasMessageContaining("one number for each of the 1 channels");
    }

    @Test
    void checksums_areACopy() {
        SortedMap<String, String> checksums = new TreeMap<>();
        Dataset dataset = new Dataset(
                "d", SHAPE, 1, List.of("a"), IMAGES, IMAGES, IMAGES, List.of(0.5f), List.of(0.5f), 4, checksums);

        checksums.put("late", "0");

        assertThat(dataset.checksums()).isEmpty();
    }

    private static Dataset dataset(List<String> names, Images test, List<Float> mean) {
        return new Dataset("d", SHAPE, 2, names, IMAGES, IMAGES, test, mean, List.of(0.5f), 4, new TreeMap<>());
    }
}
