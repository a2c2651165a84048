package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.DatasetPart.Augmentation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfDistributionSetsTest {

    private static final ImageShape COLOUR = new ImageShape(3, 32, 32);

    private final Path directory;

    OutOfDistributionSetsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void rotated_areTheTestImagesTurnedAgainstTheClock() {
        ImageShape shape = new ImageShape(2, 2, 2);
        Images test = new Images(shape, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}, new int[] {1, 0});

        Images rotated = open("rotated", dataset("any", test));

        assertThat(rotated.shape()).isEqualTo(shape);
        assertThat(rotated.pixels()).containsExactly(2, 4, 1, 3, 6, 8, 5, 7, 0, 2, 9, 1, 4, 6, 3, 5);
        assertThat(rotated.labels()).containsExactly(1, 0);
        assertThat(test.pixels()).startsWith(1, 2, 3, 4);
    }

    @Test
    void fourTurns_areNone() {
        Dataset small = DatasetCatalog.open(new DatasetPart("fashion-mnist-small", Augmentation.NONE, 0), directory);
        Images turned = open("rotated", small);

        assertThat(turned.pixels()).isNotEqualTo(small.test().pixels());
        for (int turn = 1; turn < 4; turn++) {
            turned = Rotation.quarterTurn("small", turned);
        }
        assertThat(turned.pixels()).isEqualTo(small.test().pixels());
    }

    @Test
    void oblongImages_cannotBeTurned() {
        Images oblong = new Images(new ImageShape(1, 1, 2), new byte[2], new int[1]);

        assertThatThrownBy(() -> open("rotated", dataset("wide", oblong)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the images of data set wide are 1 x 1 x 2; only square ones can be turned");
    }

    @Test
    void digits_areForColourImagesOfTheirSizeAlone() {
        Images grey = new Images(new ImageShape(1, 28, 28), new byte[784], new int[1]);

        assertThatThrownBy(() -> open("svhn", dataset("grey", grey)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the images of the out-of-distribution set 'svhn' are 3 x 32 x 32, those of data set grey"
                        + " are 1 x 28 x 28; 'rotated' takes its own test images, turned");
        assertThatThrownBy(() -> open("svhn", dataset("svhn", colour())))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("data set svhn is not out of distribution for itself");
    }

    @Test
    void unknownName_isAnsweredWithTheNames() {
        assertThatThrownBy(() -> open("SVHN", dataset("colour", colour())))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("there is no out-of-distribution set 'SVHN'; the sets are rotated, svhn");
        assertThat(OutOfDistributionSets.names()).containsExactly("rotated", "svhn");
    }

    @Test
    void datasetOfAnotherPart_isAMistakeOfTheProgram() {
        DatasetPart part = new DatasetPart("cifar-10", Augmentation.NONE, 0);
        Dataset in = dataset("colour", colour());

        assertThatThrownBy(() -> OutOfDistributionSets.open("rotated", part, in, directory))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Images open(String name, Dataset in) {
        return OutOfDistributionSets.open(name, new DatasetPart(in.name(), Augmentation.NONE, 0), in, directory);
    }

    private static Images colour() {
        byte[] pixels = new byte[COLOUR.pixels()];
        Arrays.fill(pixels, (byte) 7);
        return new Images(COLOUR, pixels, new int[1]);
    }

    private static Dataset dataset(String name, Images images) {
        List<Float> constants = Collections.nCopies(images.shape().channels(), 0.5f);
        return new Dataset(
                name,
                images.shape(),
                2,
                List.of("a", "b"),
                images,
                images,
                images,
                constants,
                constants,
                4,
                new TreeMap<>());
    }
}
