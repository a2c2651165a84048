package dev.polyphony.launcher.run;

import dev.polyphony.launcher.WorkDirectory;
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

    /** Adds new rates to those kept, and returns all. Of one stage the rate over more images is kept. */
    static List<StageRate> keep(WorkDirectory work, String runId, List<StageRate> rates) {
        Path file = work.run(runId, FILE);
        try {
            Map<String, StageRate> all = new LinkedHashMap<>();
            if (Files.exists(file)) {
                JSON.readValue(Files.readString(file), new TypeReference<List<StageRate>>() {})
                        .forEach(rate -> all.put(rate.stage(), rate));
            }
            rates.forEach(rate -> all.merge(rate.stage(), rate, StageRates::overMore));
            if (rates.isEmpty()) {
                return List.copyOf(all.values());
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all.values()) + "\n");
            return List.copyOf(all.values());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the rates in " + file, e);
        }
    }

    private static StageRate overMore(StageRate before, StageRate now) {
        return now.images() >= before.images() ? now : before;
    }
}
