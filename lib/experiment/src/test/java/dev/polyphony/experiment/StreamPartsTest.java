package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StreamPartsTest {

    private static final SortedMap<String, String> CHECKSUMS = new TreeMap<>(Map.of("train.gz", "aa"));
    private static final String YAML = """
            dataset:    {name: fashion-mnist-small, trainSamples: 1024}
            ensemble:   {architecture: resnet-8, size: 2, batchSize: 64, learningRate: 0.05, weightDecay: 4e-4, warmupEpochs: 1, epochs: 2, seed: 1}
            stream:     {perturbation: ods, stepSize: 1.0, temperature: 4, batchSize: 16, epochs: 10, seed: 1}
            student:    {architecture: batch-ensemble, network: resnet-8, subnetworks: 2, distillationWeight: 0.9, temperature: 4, learningRate: 0.02, weightDecay: 4e-4, seed: 1}
            """;

    private static StreamParts parts(String yaml) {
        return StreamParts.of(RecipeFile.parse("test", yaml), CHECKSUMS, ImportedEnsembles.NONE);
    }

    @Test
    void parts_comeToTheIdentitiesOfTheirRecipe() {
        Identities identities = Identities.of(RecipeFile.parse("test", YAML), CHECKSUMS);
        StreamParts parts = parts(YAML);
        assertThat(parts.datasetId()).isEqualTo(identities.datasetId());
        assertThat(parts.ensembleId()).isEqualTo(identities.ensembleId());
        assertThat(parts.streamId()).isEqualTo(identities.streamId());
    }

    @Test
    void json_isReadBackToTheSameIdentity() {
        StreamParts parts = parts(YAML);
        StreamParts read = StreamParts.fromJson(parts.toJson(), "stream.json");
        assertThat(read.streamId()).isEqualTo(parts.streamId());
        assertThat(read.toJson()).isEqualTo(parts.toJson());
        assertThat(read.differences(parts, "here", "there")).isEmpty();
    }

    @Test
    void json_thatIsAltered_isRefused() {
        String json = parts(YAML).toJson();
        assertThatThrownBy(() -> StreamParts.fromJson(json.replace("\"epochs\":10", "\"epochs\":11"), "stream.json"))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("stream.json was altered: its parts come to the stream ");
        assertThatThrownBy(() -> StreamParts.fromJson(json.substring(1), "stream.json"))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("stream.json does not say what a stream is");
        assertThatThrownBy(() -> StreamParts.fromJson("{}", "stream.json"))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("format null");
        assertThatThrownBy(() -> StreamParts.fromJson("{\"format\":\"polyphony-stream-1\"}", "stream.json"))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("stream.json does not say what a stream is");
    }

    @Test
    void differences_nameTheKeysWithBothValues() {
        StreamParts other = StreamParts.of(
                RecipeFile.parse(
                        "other",
                        YAML.replace("stepSize: 1.0", "stepSize: 2.0, outputs: logits")
                                .replace(", temperature: 4, batchSize: 16", ", batchSize: 16")
                                .replace("trainSamples: 1024", "trainSamples: 512")),
                new TreeMap<>(Map.of("train.gz", "bb")),
                ImportedEnsembles.NONE);
        assertThat(parts(YAML).differences(other, "here", "there"))
                .containsExactly(
                        "the files of the data set, by their SHA-256",
                        "dataset.trainSamples: 1024 here, 512 there",
                        "stream.outputs: probabilities here, logits there",
                        "stream.stepSize: 1.0 here, 2.0 there");
    }

    @Test
    void anImportedEnsemble_isDescribedByItsMembers() {
        String yaml = YAML.replaceFirst("ensemble: .*", "ensemble: {imported: mine, size: 2}");
        StreamParts parts =
                StreamParts.of(RecipeFile.parse("test", yaml), CHECKSUMS, (part, dataset) -> List.of("aa", "bb"));
        assertThat(parts.ensemble()).isEqualTo(Map.of("imported", List.of("aa", "bb")));
        assertThat(StreamParts.fromJson(parts.toJson(), "x").streamId()).isEqualTo(parts.streamId());
    }
}
