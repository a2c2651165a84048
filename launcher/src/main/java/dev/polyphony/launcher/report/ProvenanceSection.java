package dev.polyphony.launcher.report;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Identities;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** Where the results come from: enough to make them again and to tell whether they came out the same. */
final class ProvenanceSection {

    private final Experiment experiment;
    private final RunFacts facts;

    ProvenanceSection(Experiment experiment, RunFacts facts) {
        this.experiment = experiment;
        this.facts = facts;
    }

    String toHtml() {
        Html html = new Html().open("div", "columns").open("dl", "provenance");
        identities(html);
        weights(html);
        machine(html);
        html.close("dl");
        html.open("div", "")
                .element("h3", "Recipe, defaults filled in")
                .element("pre", RecipeText.of(experiment.recipe()))
                .close("div");
        html.close("div");
        String charts =
                "Charts by Apache ECharts " + Library.echartsVersion() + ", Apache License 2.0, part of this file.";
        return html.element("p", "note", charts).toString();
    }

    private void identities(Html html) {
        Identities ids = experiment.identities();
        entry(html, "data set", ids.datasetId());
        entry(html, "ensemble", ids.ensembleId());
        entry(html, "stream", ids.streamId());
        entry(html, "run", ids.runId());
    }

    private void weights(Html html) {
        RunFacts.Summary summary = facts.summary();
        entry(
                html,
                String.format(Locale.ROOT, "SHA-256 of the reported weights (after %d steps)", summary.selectedStep()),
                summary.selectedWeightsSha256());
        entry(
                html,
                String.format(Locale.ROOT, "SHA-256 of the last weights (after %d steps)", summary.lastStep()),
                summary.weightsSha256());
        OffsetsRead read = OffsetsRead.of(experiment.identities().streamId(), summary.offsets());
        read.topics().forEach((topic, ranges) -> entry(html, "read of " + topic, String.join(", ", ranges)));
        if (summary.consumed() != null) {
            entry(html, "SHA-256 over every record learned from, in order", summary.consumed());
        }
    }

    private void machine(Html html) {
        JsonNode provenance = facts.student().provenance();
        StringJoiner versions = new StringJoiner(", ");
        provenance
                .path("versions")
                .properties()
                .forEach(version ->
                        versions.add(version.getKey() + " " + version.getValue().asString("unknown")));
        entry(html, "versions", versions.toString());
        entry(html, "processor", provenance.path("processor").asString("unknown"));
        entry(html, "threads of the evaluator", provenance.path("threads").asString("unknown"));
        experiment.dataset().checksums().forEach((file, sha256) -> entry(html, file, sha256));
    }

    private static void entry(Html html, String name, String value) {
        html.element("dt", name).element("dd", value);
    }
}
