package dev.polyphony.launcher.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Tensor;
import dev.polyphony.models.store.DirectoryModelStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelExportTest {

    @TempDir
    private Path directory = Path.of("");

    private DirectoryModelStore store = new DirectoryModelStore(Path.of(""));

    @BeforeEach
    void openStore() {
        store = new DirectoryModelStore(directory.resolve("store"));
    }

    @Test
    void ensemble_comesWithItsMembersAndADescription() throws Exception {
        byte[] weights = weights();
        store.put("ensembles/abc/member-0.safetensors", weights);
        store.put("ensembles/abc/member-1.safetensors", weights);
        store.put("ensembles/abc/evaluation.json", "{}".getBytes(StandardCharsets.UTF_8));
        store.put("ensembles/abc/training/member-0/step-00000008.safetensors", weights);

        assertThat(export("abc"))
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactlyInAnyOrder(
                        "member-0.safetensors", "member-1.safetensors", "evaluation.json", "model.json");

        assertThat(Files.readAllBytes(out("member-1.safetensors"))).isEqualTo(weights);
        JsonNode model = new JsonMapper().readTree(Files.readString(out("model.json")));
        assertThat(model.path("kind").asString()).isEqualTo("ensemble");
        JsonNode member = model.path("files").path("member-0.safetensors");
        assertThat(member.path("sha256").asString()).isEqualTo(Sha256.of(weights));
        assertThat(member.at("/metadata/architecture/width").asInt()).isEqualTo(4);
        assertThat(member.at("/tensors/0/name").asString()).isEqualTo("w");
        assertThat(member.at("/tensors/0/shape/1").asInt()).isEqualTo(3);
    }

    @Test
    void run_comesWithItsStudentAndTheScoresOfTheChosenStep() throws Exception {
        store.put("runs/def/student.safetensors", weights());
        store.put("runs/def/summary.json", "{\"selectedStep\":8}".getBytes(StandardCharsets.UTF_8));
        store.put("runs/def/evaluations/step-00000004.json", "{\"nextStep\":4}".getBytes(StandardCharsets.UTF_8));
        store.put("runs/def/evaluations/step-00000008.json", "{\"nextStep\":8}".getBytes(StandardCharsets.UTF_8));
        store.put("runs/def/curves.jsonl", new byte[] {'\n'});
        store.put("runs/def/checkpoints/step-00000008.safetensors", weights());

        assertThat(export("def"))
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactlyInAnyOrder("student.safetensors", "summary.json", "evaluation.json", "model.json");
        assertThat(out("evaluation.json")).hasContent("{\"nextStep\":8}");
    }

    @Test
    void unfinishedAndUnknown_areMistakes() {
        store.put("runs/def/curves.jsonl", new byte[] {'\n'});

        assertThatThrownBy(() -> export("def"))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageContaining("run def is not finished");
        assertThatThrownBy(() -> export("fed"))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageContaining("no run and no ensemble fed");
        store.put("ensembles/imp/evaluation.json", new byte[] {'{', '}'});
        assertThatThrownBy(() -> export("imp"))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageContaining("ensemble imp was imported");
        assertThat(Files.exists(directory.resolve("out"))).isFalse();
    }

    private List<Path> export(String id) {
        return new ModelExport(store).export(id, directory.resolve("out"));
    }

    private Path out(String name) {
        return directory.resolve("out").resolve(name);
    }

    private static byte[] weights() {
        return SafeTensors.of(
                        Map.of("architecture", "{\"width\":4}"),
                        List.of(Tensor.floats("w", List.of(2L, 3L), new float[6], 0)))
                .encode();
    }
}
