package dev.polyphony.launcher.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Java program to start as a child.
 *
 * @param name what it is called in messages, logs and the list of process ids
 * @param classPath its class path
 * @param mainClass its main class
 * @param heap largest heap, as in {@code -Xmx}
 * @param threads threads of its arithmetic; 0 for a program without any
 * @param cores how it stands to others on the same cores
 * @param arguments the program's own arguments
 */
public record JavaCommand(
        String name,
        String classPath,
        String mainClass,
        String heap,
        int threads,
        CoreUse cores,
        List<String> arguments) {

    /** Freed tensors stay with the process, to be used again: a quarter of a training step's time otherwise. */
    private static final Map<String, String> ALLOCATOR = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "8589934592",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "67108864");

    public JavaCommand {
        arguments = List.copyOf(arguments);
    }

    /** The command line, the running JVM's {@code java} first. */
    public List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Xmx" + heap);
        line.add("-XX:+UseSerialGC");
        line.add("-XX:TieredStopAtLevel=1");
        line.add("-Doffline=true");
        if (threads > 0) {
            line.add("-Dai.djl.pytorch.num_threads=" + threads);
            line.add("-Dai.djl.pytorch.num_interop_threads=1");
        }
        line.add("-cp");
        line.add(classPath);
        line.add(mainClass);
        line.addAll(arguments);
        return List.copyOf(line);
    }

    /** What is added to this process's environment. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("OPT_OUT_TRACKING", "true");
        // Without it cuBLAS adds in any order, whatever kernels are asked for.
        environment.put("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
        if (threads > 0) {
            environment.put("OMP_NUM_THREADS", Integer.toString(threads));
            if (cores != CoreUse.ALONE) {
                environment.put("OMP_WAIT_POLICY", "passive");
            }
            environment.putAll(ALLOCATOR);
        }
        return Map.copyOf(environment);
    }
}
