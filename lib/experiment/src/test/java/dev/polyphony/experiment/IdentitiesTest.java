package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitiesTest {

    /** A file of its own: shipped recipes may be tuned, identities of what is written here may not change. */
    private static final String YAML = frozenRecipe();

    private static final SortedMap<String, String> CHECKSUMS = new TreeMap<>();

    static {
        CHECKSUMS.put("train.gz", "aa");
        CHECKSUMS.put("test.gz", "bb");
    }

    private static final Identities ORIGINAL = Identities.of(RecipeFile.parse("original", YAML), CHECKSUMS);

    private static String frozenRecipe() {
        try (InputStream stream = IdentitiesTest.class.getResourceAsStream("/frozen-recipe.yaml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void identities_areFrozen() {
        assertThat(ORIGINAL).isEqualTo(new Identities("1cf03bd87a4a", "00099d2138b5", "ba55eae59af6", "e4918b93c47b"));
    }

    @Test
    void canonicalJson_hasOneSpelling() {
        assertThat(CanonicalJson.write(RecipeFile.parse("a", YAML).dataset()))
                .isEqualTo("{\"augmentation\":\"none\",\"name\":\"fashion-mnist-small\",\"trainSamples\":0}");
        assertThat(CanonicalJson.write(new double[] {2.0e-3, 4e-4, 0.1, 4, Double.parseDouble("2e23")}))
                .isEqualTo("[0.002,4.0E-4,0.1,4.0,2.0E23]");
    }

    @Test
    void theName_theEvaluationAndThePacing_changeNothing() {
        assertThat(Identities.of(RecipeFile.parse("other", YAML), CHECKSUMS)).isEqualTo(ORIGINAL);
        assertThat(identities("splits: [validation, test]", "splits: [test]")).isEqualTo(ORIGINAL);
        assertThat(identities("perturbation: confods", "perturbation: confods\n  record: whole"))
                .isEqualTo(ORIGINAL);
    }

    @Test
    void aFallback_writtenOut_changesNothing() {
        assertThat(identities("objective: one-to-one", "momentum: 0.90")).isEqualTo(ORIGINAL);
    }

    /** Keys that came after the first identities. */
    @ParameterizedTest
    @CsvSource({
        "ensemble:, nesterov: false, nesterov: true, ensemble stream run",
        "stream:, guide: members, guide: external, stream run",
        "stream:, outputs: probabilities, outputs: logits, stream run",
        "student:, nesterov: false, nesterov: true, run",
        "student:, rankOneInitialisation: normal, rankOneInitialisation: signs, run",
        "student:, rankOneWeightDecay: 0.0, rankOneWeightDecay: 0.01, run",
        "student:, selection: subnetworks, selection: ensemble, run",
        "student:, repetitions: 4, '', ''",
        "student:, annealingTemperature: 10.0, '', ''",
        "student:, smoothing: 0.0001, '', ''"
    })
    void aYoungKey_countsUnlessItHasItsFallback(String part, String fallback, String other, String changed) {
        assertThat(identities(part, part + "\n  " + fallback)).isEqualTo(ORIGINAL);
        assertThat(changed(identities(part, part + "\n  " + other)).strip()).isEqualTo(changed);
    }

    @Test
    void anImportedEnsemble_countsByItsMembersInTheirOrder() {
        Identities first = imported("mine", "aa", "bb");
        assertThat(changed(first)).isEqualTo("ensemble stream run ");
        assertThat(imported("renamed", "aa", "bb")).isEqualTo(first);
        assertThat(imported("mine", "bb", "aa").ensembleId()).isNotEqualTo(first.ensembleId());
        assertThat(imported("mine", "aa", "bc").runId()).isNotEqualTo(first.runId());
    }

    @Test
    void anImportedEnsemble_isNotFoundWithoutAStore() {
        assertThatThrownBy(() -> Identities.of(importing("mine"), CHECKSUMS))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("imported as mine");
    }

    private static Identities imported(String name, String... fingerprints) {
        return Identities.of(importing(name), CHECKSUMS, (part, dataset) -> {
            assertThat(part).isEqualTo(new EnsemblePart.Imported(name, 4));
            assertThat(dataset.name()).isEqualTo("fashion-mnist-small");
            return List.of(fingerprints);
        });
    }

    private static Recipe importing(String name) {
        String yaml =
                YAML.replaceFirst("(?s)ensemble:.*stream:", "ensemble: {imported: " + name + ", size: 4}\nstream:");
        return RecipeFile.parse("importing", yaml);
    }

    @Test
    void aChecksum_changesEverything() {
        SortedMap<String, String> other = new TreeMap<>(CHECKSUMS);
        other.put("test.gz", "bc");
        assertThat(changed(Identities.of(RecipeFile.parse("a", YAML), other)))
                .isEqualTo("dataset ensemble stream run ");
    }

    @Property(tries = 200)
    void aChange_changesItsOwnIdentityAndThoseBehindIt(@ForAll("changes") String[] change) {
        assertThat(changed(identities(change[0], change[1]))).isEqualTo(change[2]);
    }

    @Provide
    Arbitrary<String[]> changes() {
        Arbitrary<Integer> number = Arbitraries.integers().between(2, 256);
        String all = "dataset ensemble stream run ";
        return Arbitraries.oneOf(
                number.map(n -> new String[] {"augmentation: none", "augmentation: none\n  trainSamples: " + n, all}),
                number.map(n -> new String[] {"ensemble:", "ensemble:\n  momentum: 0." + (n + 1000), all.substring(8)}),
                number.map(n -> new String[] {"stepSize: 1.0", "stepSize: 0." + n, all.substring(17)}),
                number.map(n -> new String[] {"stream:", "stream:\n  precision: float32", all.substring(17)}),
                number.map(n ->
                        new String[] {"rankOneLearningRateFactor: 0.5", "rankOneLearningRateFactor: 0.5" + n, "run "}),
                number.map(n -> new String[] {"distillationWeight: 0.9", "distillationWeight: 0.9" + n, "run "}),
                number.map(n -> new String[] {"student:", "student:\n  momentum: 0." + (n + 1000), "run "}));
    }

    private static Identities identities(String written, String instead) {
        assertThat(YAML).contains(written);
        return Identities.of(RecipeFile.parse("changed", YAML.replace(written, instead)), CHECKSUMS);
    }

    private static String changed(Identities other) {
        return (other.datasetId().equals(ORIGINAL.datasetId()) ? "" : "dataset ")
                + (other.ensembleId().equals(ORIGINAL.ensembleId()) ? "" : "ensemble ")
                + (other.streamId().equals(ORIGINAL.streamId()) ? "" : "stream ")
                + (other.runId().equals(ORIGINAL.runId()) ? "" : "run ");
    }
}
