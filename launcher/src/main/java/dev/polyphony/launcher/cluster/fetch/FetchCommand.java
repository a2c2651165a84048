package dev.polyphony.launcher.cluster.fetch;

import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.cluster.NamespaceOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony fetch}: a finished run, from the cluster. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Bring a finished run from a cluster: the student, its scores and its curves.",
            "Into the work directory's model store, where 'status', 'export model' and others find it. Every file is compared"
                    + " with the SHA-256 that the cluster's store says; they appear all, or none."
        })
public final class FetchCommand implements Runnable {

    @Parameters(
            paramLabel = "RUN",
            description = "Identity of the run, or the beginning of one; 'polyphony status --namespace N' lists them.")
    private String run = "";

    @Option(names = "--to", paramLabel = "DIR", description = "Into this new directory instead.")
    private @Nullable Path to;

    @Option(names = "--checkpoints", description = "The checkpoints, too.")
    private boolean checkpoints;

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Mixin
    private WorkOption work = new WorkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Path runs = work.directory().store().resolve("runs");
        new RunFetch(namespace.namespace(), checkpoints, line -> {
                    out.println(line);
                    out.flush();
                })
                .fetch(run, id -> to == null ? runs.resolve(id) : to);
    }
}
