package dev.polyphony.launcher.run;

import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.process.ThreadPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for.
 *
 * @param recipe a shipped recipe's name, or a file
 * @param work where everything is kept
 * @param data where downloaded data sets lie
 * @param cluster to use, or null for a local broker
 * @param threads how the cores are shared out
 * @param observe whether a Prometheus watches
 */
public record RunRequest(
        String recipe,
        WorkDirectory work,
        Path data,
        @Nullable Cluster cluster,
        ThreadPlan threads,
        boolean observe) {}
