package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.fuzz.Fuzz;
import dev.polyphony.fuzz.Limits;
import dev.polyphony.fuzz.Mutant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a recipe file holds, it is a recipe or has mistakes. */
class RecipeFuzzTest {

    /** The parser keeps a node, its marks and its text for each word, and each mistake is a sentence. */
    private static final Limits LIMITS = new Limits(InvalidRecipeException.class, 1_000);

    private static final String TINY = text("tiny");

    private static Path file = Path.of("");

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("recipe", ".yaml");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Provide
    static Arbitrary<Mutant> recipes() {
        Map<String, byte[]> samples = new TreeMap<>();
        for (String name :
                List.of("tiny", "fashion/confods", "paper/cifar-10-end2/from-4", "paper/cifar-100-mimo-3/ods")) {
            samples.put(name, text(name).getBytes(StandardCharsets.UTF_8));
        }
        samples.put("json", RecipeFile.write(RecipeCatalogue.find("tiny")).getBytes(StandardCharsets.UTF_8));
        return Mutant.of(samples);
    }

    @Fuzz
    void recipe(@ForAll("recipes") Mutant mutant) throws IOException {
        Files.write(file, mutant.bytes());
        boolean accepted = LIMITS.areKept(mutant.bytes().length, () -> RecipeFile.load(file));
        if (accepted) {
            Recipe recipe = RecipeFile.load(file);
            assertThat(RecipeFile.parse(recipe.name(), RecipeFile.write(recipe)))
                    .isEqualTo(recipe);
        }
        Statistics.collect(accepted);
        Statistics.coverage(both -> {
            both.check(true).count(count -> count > 0);
            both.check(false).count(count -> count > 0);
        });
    }

    /** Long values at every key: few of these are mistakes of syntax, most come as far as a key's own check. */
    @Fuzz
    void value(
            @ForAll("keys") String key,
            @ForAll("chunks") String chunk,
            @ForAll("times") int times,
            @ForAll("ends") String end) {
        String value = chunk.repeat(times) + end;
        String yaml = TINY.lines()
                .map(line -> line.startsWith("  " + key + ":") ? "  " + key + ": " + value : line)
                .collect(Collectors.joining("\n"));
        LIMITS.areKept(yaml.length(), () -> RecipeFile.parse("mine", yaml));
    }

    @Provide
    static Arbitrary<String> keys() {
        return Arbitraries.of(TINY.lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().replaceFirst(":.*", ""))
                .distinct()
                .toList());
    }

    @Provide
    static Arbitrary<String> chunks() {
        return Arbitraries.of(
                "1", "0", "9.", "-", "a-", "a", "1e", "[", "[a], ", "{a: ", "*a ", "&a ", "!!a ", "\"", "'", "|\n", "é",
                "\t", "? ", "- ", "a: ");
    }

    @Provide
    static Arbitrary<Integer> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(0, 50)),
                Tuple.of(1, Arbitraries.integers().between(1_000, 300_000)));
    }

    @Provide
    static Arbitrary<String> ends() {
        return Arbitraries.of("", "x", "1", ".", "e5", "]", "\n");
    }

    private static String text(String name) {
        try {
            return Files.readString(Path.of("src/main/resources/recipes", name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
