package dev.polyphony.models.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** Starts the engine of this process. */
public final class EngineStart {

    private static final String LIBRARIES = "native/lib/pytorch.properties";

    private EngineStart() {}

    /**
     * A base manager: on the first GPU if there is one, else on the processor.
     *
     * @param deterministic whether a GPU is asked for kernels that give the same bits each time; a processor has no
     *     others
     * @throws EngineMistakeException if the engine's libraries are for a GPU, and none is to be seen
     */
    public static NDManager manager(boolean deterministic) {
        requireGpuFor(flavors(EngineStart.class.getClassLoader()), CudaUtils.getGpuCount());
        Engine engine = Engine.getInstance();
        if (deterministic && engine.getGpuCount() > 0) {
            DeterministicKernels.demand(true);
        }
        return engine.newBaseManager();
    }

    /** Otherwise the engine would look for others in the net. */
    static void requireGpuFor(List<String> flavors, int gpus) {
        if (gpus == 0 && !flavors.isEmpty() && flavors.stream().allMatch(flavor -> flavor.startsWith("cu"))) {
            throw new EngineMistakeException("the engine's libraries here are for a GPU (" + String.join(", ", flavors)
                    + "), and CUDA shows none: start on a machine with an NVIDIA driver and a GPU given to this process, or"
                    + " use the build or image for processors (cpu)");
        }
    }

    private static List<String> flavors(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(LIBRARIES)).stream()
                    .map(EngineStart::flavor)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + LIBRARIES, e);
        }
    }

    private static String flavor(URL libraries) {
        Properties properties = new Properties();
        try (InputStream in = libraries.openStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + libraries, e);
        }
        return properties.getProperty("flavor", "");
    }
}
