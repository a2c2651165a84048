package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

    @Test
    void json_isReadBackAsItWasWritten() {
        Recipe recipe = RecipeCatalogue.find("tiny");
        TreeMap<String, String> checksums = new TreeMap<>();
        checksums.put("train.gz", "aa");
        Provenance provenance = new Provenance(
                recipe,
                Identities.of(recipe, checksums),
                checksums,
                Provenance.Versions.of("0.25.0", "2.0.1"),
                2,
                "a processor");
        assertThat(Provenance.fromJson(provenance.toJson())).isEqualTo(provenance);
        assertThat(provenance.toJson())
                .startsWith("{\"checksums\":{\"train.gz\":\"aa\"},\"identities\":{\"datasetId\":\"")
                .contains("\"perturbation\":\"confods\"")
                .doesNotContain("\n");
    }

    @Test
    void versions_areThoseOfTheBuild() {
        Provenance.Versions versions = Provenance.Versions.of("0.25.0", "2.0.1");
        assertThat(versions.polyphony()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(versions.commit()).matches("unknown|[0-9a-f]{7,40}(-dirty)?");
        assertThat(versions.java()).isEqualTo(Runtime.version().toString());
    }
}
