package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CifarReaderTest {

    @Test
    void cifar10Records_areOneLabelAndPixels() {
        SourceFile first = records("a.bin", 1, 7, 0);
        SourceFile second = records("b.bin", 1, 3, 9);

        Images images = new CifarReader(1, 10, 2).read(List.of(first, second));

        assertThat(images.labels()).containsExactly(7, 0, 3, 9);
        assertThat(images.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(images.pixels()).startsWith(7, 8, 9);
        assertThat(Arrays.copyOfRange(images.pixels(), 3 * 3072, 3 * 3072 + 3)).containsExactly(9, 10, 11);
        assertThat(images.pixels()[4 * 3072 - 1]).isEqualTo((byte) (9 + 3071));
    }

    @Test
    void cifar100Records_haveACoarseAndAFineLabel_ofWhichTheFineOneCounts() {
        assertThat(new CifarReader(2, 100, 3)
                        .read(List.of(records("train.bin", 2, 99, 0, 42)))
                        .labels())
                .containsExactly(99, 0, 42);
    }

    @Test
    void otherSizes_areRefused() {
        SourceFile two = records("a.bin", 1, 7, 0);

        assertThatThrownBy(() -> new CifarReader(1, 10, 3).read(List.of(two)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("a.bin: truncated: 6146 bytes; 3 records of 3073 bytes are 9219");
        assertThatThrownBy(() -> new CifarReader(1, 10, 1).read(List.of(two)))
                .hasMessage(
                        "a.bin: there are bytes after the last image: 6146 bytes; 1 records of 3073 bytes are 3073");
    }

    @Test
    void labelOfNoClass_isRefused() {
        assertThatThrownBy(() -> new CifarReader(1, 10, 2).read(List.of(records("a.bin", 1, 0, 10))))
                .hasMessage("a.bin: label 10 of image 1 (from 0 on) names no class; labels are from 0 to 9");
    }

    /** Pixel j of an image is its label plus j. */
    static SourceFile records(String name, int labelBytes, int... labels) {
        byte[] content = new byte[labels.length * (labelBytes + 3072)];
        int position = 0;
        for (int label : labels) {
            position += labelBytes;
            content[position - 1] = (byte) label;
            for (int j = 0; j < 3072; j++) {
                content[position++] = (byte) (label + j);
            }
        }
        return new SourceFile(name, content);
    }
}
