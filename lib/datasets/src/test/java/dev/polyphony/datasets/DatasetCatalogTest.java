package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.DatasetPart.Augmentation;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.UserMistake;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DatasetCatalogTest {

    private static final Path NOWHERE = Path.of("target", "nowhere");

    @Test
    void trainSamples_takesTheFirstOnes() {
        Dataset whole = open("fashion-mnist-small", 0);
        Dataset part = open("fashion-mnist-small", 100);

        assertThat(part.train().labels()).isEqualTo(Arrays.copyOf(whole.train().labels(), 100));
        assertThat(part.train().pixels()).isEqualTo(Arrays.copyOf(whole.train().pixels(), 100 * 784));
        assertThat(part.validation().count()).isEqualTo(1_000);
        assertThat(open("fashion-mnist-small", 6_000).train().count()).isEqualTo(6_000);
    }

    @Test
    void moreTrainSamplesThanThereAre_areRefused() {
        assertThatThrownBy(() -> open("fashion-mnist-small", 6_001))
                .isInstanceOf(UserMistake.class)
                .hasMessage("data set fashion-mnist-small has 6000 training images, 6001 are asked for;"
                        + " right is 1 to 6000, or 0 for all");
        assertThatThrownBy(() -> open("fashion-mnist-small", -1)).isInstanceOf(UserMistake.class);
    }

    @Test
    void unknownName_isAnsweredWithTheNames() {
        assertThatThrownBy(() -> open("cifar10", 0))
                .isInstanceOf(UserMistake.class)
                .hasMessage("there is no data set 'cifar10'; the data sets are fashion-mnist-small, fashion-mnist,"
                        + " fashion-mnist-32, cifar-10, cifar-100, svhn, tiny-imagenet-200");
    }

    @Test
    void everyShippedRecipe_namesADataSet() {
        for (String recipe : RecipeCatalogue.names()) {
            assertThat(DatasetCatalog.names())
                    .as(recipe)
                    .contains(RecipeCatalogue.find(recipe).dataset().name());
        }
    }

    @Test
    void bundledSet_needsNoDirectory() {
        open("fashion-mnist-small", 0);

        assertThat(NOWHERE).doesNotExist();
    }

    private static Dataset open(String name, int trainSamples) {
        return DatasetCatalog.open(new DatasetPart(name, Augmentation.NONE, trainSamples), NOWHERE);
    }
}
