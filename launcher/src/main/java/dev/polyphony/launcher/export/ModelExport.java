package dev.polyphony.launcher.export;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.models.format.AtomicFile;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Tensor;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Copies a model out of the store, with a description in JSON beside it. */
final class ModelExport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String WEIGHTS = ".safetensors";

    private final ModelStore store;

    ModelExport(ModelStore store) {
        this.store = store;
    }

    /**
     * Writes the files of a run's student or of an ensemble, and {@code model.json}.
     *
     * @param id identity of a run or an ensemble
     * @return what was written
     * @throws LauncherMistake if the store has no finished model of this identity
     */
    List<Path> export(String id, Path directory) {
        List<StoredFile> ensemble = files("ensembles/" + id + "/");
        List<StoredFile> run = files("runs/" + id + "/");
        if (ensemble.isEmpty() && run.isEmpty()) {
            throw new LauncherMistake("the store has no run and no ensemble " + id
                    + "; polyphony status lists those in the work directory");
        }
        List<StoredFile> wanted = (run.isEmpty() ? ensemble : run)
                .stream().filter(file -> isPartOfModel(name(file))).toList();
        if (wanted.stream().noneMatch(file -> name(file).endsWith(WEIGHTS))) {
            if (run.isEmpty() && store.list("ensembles/" + id + "/training/").isEmpty()) {
                throw new LauncherMistake("ensemble " + id + " was imported: its members are the files it came in");
            }
            throw new LauncherMistake((run.isEmpty() ? "ensemble " : "run ") + id
                    + " is not finished: there is no model yet; run its recipe again to go on");
        }
        List<Path> written = new ArrayList<>();
        Map<String, Object> files = new LinkedHashMap<>();
        for (StoredFile file : wanted) {
            byte[] bytes = store.get(file.address(), file.sha256());
            written.add(write(directory.resolve(name(file)), bytes));
            files.put(name(file), describe(file, bytes));
        }
        if (!run.isEmpty()) {
            evaluation(id).ifPresent(bytes -> written.add(write(directory.resolve("evaluation.json"), bytes)));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", id);
        description.put("kind", run.isEmpty() ? "ensemble" : "student");
        description.put("files", files);
        written.add(write(directory.resolve("model.json"), JSON.writeValueAsBytes(description)));
        return written;
    }

    /** The scores of the checkpoint that became the student. */
    private Optional<byte[]> evaluation(String runId) {
        String directory = "runs/" + runId + "/";
        return store.find(directory + "summary.json").flatMap(summary -> {
            long step = JSON.readTree(store.get(summary.address(), summary.sha256()))
                    .path("selectedStep")
                    .asLong();
            return store.find(directory + String.format(Locale.ROOT, "evaluations/step-%08d.json", step))
                    .map(file -> store.get(file.address(), file.sha256()));
        });
    }

    /** The files directly at a place, not those of its training. */
    private List<StoredFile> files(String prefix) {
        return store.list(prefix).stream()
                .filter(file -> file.address().indexOf('/', prefix.length()) < 0)
                .toList();
    }

    private static boolean isPartOfModel(String name) {
        return name.matches("(student|member-\\d+)\\.safetensors|evaluation\\.json|summary\\.json");
    }

    private static String name(StoredFile file) {
        return file.address().substring(file.address().lastIndexOf('/') + 1);
    }

    private static Path write(Path file, byte[] bytes) {
        AtomicFile.write(file, bytes);
        return file;
    }

    private static Map<String, Object> describe(StoredFile file, byte[] bytes) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("sha256", file.sha256());
        description.put("bytes", file.bytes());
        if (name(file).endsWith(WEIGHTS)) {
            SafeTensors content = SafeTensors.decode(bytes, file.address());
            Map<String, Object> metadata = new LinkedHashMap<>();
            content.metadata().forEach((key, text) -> metadata.put(key, tree(text)));
            description.put("metadata", metadata);
            description.put(
                    "tensors",
                    content.tensors().stream().map(ModelExport::describe).toList());
        }
        return description;
    }

    private static Map<String, Object> describe(Tensor tensor) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", tensor.name());
        description.put("type", tensor.type().name());
        description.put("shape", tensor.shape());
        return description;
    }

    /** Metadata of safetensors are texts; some of them hold JSON. */
    private static Object tree(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            return text;
        }
    }
}
