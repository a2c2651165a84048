package dev.polyphony.launcher.run;

import dev.polyphony.datasets.Experiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the rates of a run's stages beside the run, for the report of a run that was finished earlier. */
final class StageRates {

    private static final String FILE = "stages.json";
    private static final JsonMapper JSON = new JsonMapper();

    private StageRates() {}

    /** Adds new rates to those kept, and returns all. */
    static List<StageRate> keep(RunRequest request, Experiment experiment, List<StageRate> rates) {
        Path file = request.work().run(experiment.identities().runId(), FILE);
        try {
            Map<String, StageRate> all = new LinkedHashMap<>();
            if (Files.exists(file)) {
                JSON.readValue(Files.readString(file), new TypeReference<List<StageRate>>() {})
                        .forEach(rate -> all.put(rate.stage(), rate));
            }
            rates.forEach(rate -> all.put(rate.stage(), rate));
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all.values()) + "\n");
            return List.copyOf(all.values());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the rates in " + file, e);
        }
    }
}
