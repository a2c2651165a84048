package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                "ensemble", EnsemblePart.Trained.class,
                "stream", StreamPart.class,
                "student", StudentPart.class,
                "evaluation", EvaluationPart.class);
        parts.forEach((part, type) -> assertThat(names(part, Set.of())).isEqualTo(components(type)));
        assertThat(names("ensemble", Set.of("imported", "size"))).isEqualTo(components(EnsemblePart.Imported.class));
    }

    private static List<String> names(String part, Set<String> written) {
        return RecipeKey.of(part, written).stream().map(RecipeKey::name).toList();
    }

    private static List<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
