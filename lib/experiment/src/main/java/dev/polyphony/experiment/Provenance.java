package dev.polyphony.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an artefact comes from: what must be the same for the same bits to come out.
 *
 * @param recipe what was asked for
 * @param identities what it determines
 * @param checksums SHA-256 of each of the data set's files by file name
 * @param versions of the software
 * @param threads intra-operator threads of the tensor engine
 * @param processor model of the processor or accelerator
 */
public record Provenance(
        Recipe recipe,
        Identities identities,
        SortedMap<String, String> checksums,
        Versions versions,
        int threads,
        String processor) {

    public Provenance {
        checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
    }

    /** One line of JSON: sorted keys, no whitespace. */
    public String toJson() {
        return CanonicalJson.write(this);
    }

    /** The provenance that {@link #toJson} wrote. */
    public static Provenance fromJson(String json) {
        return CanonicalJson.read(json, Provenance.class);
    }

    /**
     * Versions of the software.
     *
     * @param polyphony this build's version
     * @param commit this build's commit, or {@code unknown}
     * @param djl version of the tensor library
     * @param pytorch version of the tensor engine
     * @param java version of the virtual machine
     */
    public record Versions(String polyphony, String commit, String djl, String pytorch, String java) {

        private static final String UNKNOWN = "unknown";

        /** This build's versions, with those of the tensor engine, which only its user knows. */
        public static Versions of(String djl, String pytorch) {
            BuildProperties build = BuildProperties.load();
            return new Versions(
                    build.get("version", UNKNOWN),
                    build.get("commit", UNKNOWN),
                    djl,
                    pytorch,
                    Runtime.version().toString());
        }
    }
}
