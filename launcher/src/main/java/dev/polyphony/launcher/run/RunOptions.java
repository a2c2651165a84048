package dev.polyphony.launcher.run;

import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.process.ThreadPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs recipes. */
public final class RunOptions {

    @Mixin
    private WorkOption work = new WorkOption();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where downloaded data sets lie; data in the work directory otherwise.")
    private @Nullable Path data;

    @Option(names = "--cores", paramLabel = "N", description = "Cores to share out; all otherwise.")
    private @Nullable Integer cores;

    @Option(names = "--observe", description = "Start this machine's Prometheus, which watches, and print its address.")
    private boolean observe;

    /** The cluster to use instead of a local broker, or null. */
    public @Nullable Cluster cluster() {
        return cluster.cluster();
    }

    /** Where everything is kept. */
    public WorkDirectory work() {
        return work.directory();
    }

    /** Where data sets lie. */
    public Path data() {
        return data == null ? work().data() : data.toAbsolutePath();
    }

    /**
     * What the user asks for with these options.
     *
     * @param recipe a shipped recipe's name, or a file
     * @throws LauncherMistake if an option has an impossible value
     */
    public RunRequest request(String recipe) {
        if (cores != null && cores < 1) {
            throw new LauncherMistake("--cores takes a number of at least 1, not " + cores);
        }
        return new RunRequest(
                recipe,
                work(),
                data(),
                cluster(),
                cores == null ? ThreadPlan.ofMachine() : new ThreadPlan(cores),
                observe);
    }
}
