package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeReferenceTest {

    private static final Path DOCUMENT = Path.of("../../docs/recipes.md");

    @Test
    void document_saysWhatTheReaderFollows() throws IOException {
        if (Boolean.getBoolean("recipes.write")) {
            Files.writeString(DOCUMENT, RecipeReference.markdown());
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(RecipeReference.markdown());
    }

    @Test
    void keys_areTheComponentsOfTheRecords() {
        Map<String, Class<?>> parts = Map.of(
                "dataset", DatasetPart.class,
                "ensemble", EnsemblePart.class,
                "stream", StreamPart.class,
                "student", StudentPart.class,
                "evaluation", EvaluationPart.class);
        parts.forEach((part, type) -> assertThat(RecipeKey.of(part).stream()
                        .filter(RecipeKey::changesTheRecipe)
                        .map(RecipeKey::name))
                .containsExactlyElementsOf(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList()));
    }
}
