package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeCatalogueTest {

    static Stream<String> names() {
        return RecipeCatalogue.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyShippedRecipe_loadsAndSaysWhatItIsFor(String name) {
        assertThat(RecipeCatalogue.find(name).name()).isEqualTo(name);
        assertThat(RecipeCatalogue.description(name)).endsWith(".").hasSizeGreaterThan(20);
        assertThat(RecipeCatalogue.yaml(name)).startsWith("# ");
    }

    @Test
    void names_areExactlyTheShippedFiles() throws IOException {
        Path root = Path.of("src/main/resources/recipes");
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of("catalogue.txt"), names().map(name -> name + ".yaml"))
                                    .toList());
        }
    }

    /** One ensemble for all rungs, or they could not be compared. */
    @Test
    void theLadder_sharesItsEnsemble_andStreamsWhereItCan() {
        SortedMap<String, String> none = new TreeMap<>();
        Identities kd = Identities.of(RecipeCatalogue.find("fashion/kd"), none);
        for (String rung : List.of("scratch", "gaussian", "ods", "confods", "adversarial", "ods-external")) {
            Identities other = Identities.of(RecipeCatalogue.find("fashion/" + rung), none);
            assertThat(other.ensembleId()).isEqualTo(kd.ensembleId());
            assertThat(other.runId()).isNotEqualTo(kd.runId());
            assertThat(other.streamId().equals(kd.streamId())).isEqualTo(rung.equals("scratch"));
        }
    }

    @Test
    void comparisons_differFromTheirOriginalInOneKey() {
        Recipe original = RecipeCatalogue.find("fashion-mnist-small");
        Recipe scratch = RecipeCatalogue.find("fashion-mnist-small-no-distillation");
        assertThat(scratch.stream()).isEqualTo(original.stream());
        assertThat(scratch.student().objective()).isEqualTo(StudentPart.Objective.CROSS_ENTROPY);
        for (String kind : new String[] {"kd", "gaussian", "ods"}) {
            Recipe other = RecipeCatalogue.find("fashion-mnist-small-" + kind);
            assertThat(other.ensemble()).isEqualTo(original.ensemble());
            assertThat(other.student()).isEqualTo(original.student());
            assertThat(other.stream()).isNotEqualTo(original.stream());
        }
    }

    @Test
    void find_readsAPath(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mine.yaml");
        Files.writeString(file, RecipeCatalogue.yaml("tiny"));
        assertThat(RecipeCatalogue.find(file.toString()).name()).isEqualTo("mine");
    }

    @Test
    void find_namesTheNearestRecipe() {
        assertThatThrownBy(() -> RecipeCatalogue.find("fashion/kdd"))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("there is no recipe fashion/kdd; did you mean fashion/kd?");
        assertThatThrownBy(() -> RecipeCatalogue.find("nowhere/mine.yaml"))
                .isInstanceOf(UserMistake.class)
                .hasMessage("there is no recipe file nowhere/mine.yaml");
    }
}
