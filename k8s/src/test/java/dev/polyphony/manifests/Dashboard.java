package dev.polyphony.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dashboard of Grafana's, as it lies in k8s/monitoring.
 *
 * @param name file name without its end
 */
record Dashboard(String name, JsonNode json) {

    /** How the description of a panel begins that shows what only a cluster has. */
    private static final String CLUSTER = "Needs a cluster: ";

    private static final List<String> NAMES = List.of("pipeline", "learning", "resources");

    /**
     * One query of a panel.
     *
     * @param expression in Prometheus's language, the dashboard's variables in it
     */
    record Query(String dashboard, String panel, String expression, boolean needsCluster) {

        /** With all of a run's values for the variables, and an interval that suits scrapes every two seconds. */
        String everything() {
            return expression
                    .replace("$__rate_interval", "30s")
                    .replace("$namespace", "local")
                    .replace("$stream", ".+")
                    .replace("$run", ".+");
        }
    }

    static List<Dashboard> all() throws IOException {
        List<Dashboard> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(new Dashboard(
                    name,
                    new ObjectMapper()
                            .readTree(Path.of("monitoring/" + name + ".json").toFile())));
        }
        return all;
    }

    /** Panels that show something; rows do not. */
    Stream<JsonNode> panels() {
        return Rendering.elements(json.path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"));
    }

    Stream<Query> queries() {
        return panels().flatMap(panel -> Rendering.elements(panel.path("targets"))
                .map(target -> new Query(
                        name,
                        panel.path("title").asText(),
                        target.path("expr").asText(),
                        panel.path("description").asText().startsWith(CLUSTER))));
    }
}
