package dev.polyphony.models.store;

import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.experiment.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** Provenance of what this process makes. */
public final class EngineProvenance {

    private EngineProvenance() {}

    /** The provenance of an artefact of this recipe, made here. */
    public static Provenance of(Recipe recipe, Identities identities, SortedMap<String, String> checksums) {
        Engine engine = Engine.getInstance();
        return new Provenance(
                recipe,
                identities,
                checksums,
                Provenance.Versions.of(Engine.getDjlVersion(), engine.getVersion()),
                Integer.getInteger(
                        "ai.djl.pytorch.num_threads", Runtime.getRuntime().availableProcessors()),
                engine.getGpuCount() > 0 ? processor() + " and " + graphicsCard() : processor());
    }

    private static String graphicsCard() {
        return "GPU of compute capability " + CudaUtils.getComputeCapability(0) + ", CUDA "
                + CudaUtils.getCudaVersionString();
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException noSuchFile) {
            return System.getProperty("os.arch");
        }
    }
}
