package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.RecipeFile;
import org.junit.jupiter.api.Test;

class HeapTest {

    /** A member of 36,600,984 parameters, whose 32 bytes each are 1117 MiB, and a student of a quarter of that. */
    @Test
    void heap_growsWithTheMember() {
        assertThat(Heap.of(RecipeCatalogue.find("paper/tiny-imagenet-wrn-28-5/ods")))
                .isEqualTo("2141m");
    }

    /** A student like that member, and rank-one factors besides. */
    @Test
    void heap_growsWithTheStudent() {
        assertThat(mebibytes(RecipeCatalogue.find("paper/cifar-100-be-4/ods"))).isBetween(2142, 2160);
    }

    @Test
    void heap_ofSmallNetworks_isHardlyMoreThanItsBase() {
        assertThat(mebibytes(RecipeCatalogue.find("tiny"))).isBetween(1024, 1040);
    }

    @Test
    void heap_ofAnImportedEnsemble_isThatOfTheStudent() {
        String yaml = RecipeCatalogue.yaml("paper/tiny-imagenet-wrn-28-5/ods")
                .replaceFirst("(?s)ensemble:.*?stream:", "ensemble: {imported: mine, size: 4}\nstream:");
        assertThat(mebibytes(RecipeFile.parse("imported", yaml))).isBetween(1024 + 280, 1024 + 300);
    }

    private static int mebibytes(Recipe recipe) {
        return Integer.parseInt(Heap.of(recipe).replace("m", ""));
    }
}
