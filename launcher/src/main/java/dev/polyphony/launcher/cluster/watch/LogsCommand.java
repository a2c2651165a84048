package dev.polyphony.launcher.cluster.watch;

import dev.polyphony.launcher.cluster.NamespaceOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony logs}: what pods have written. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Print what the pods of an ensemble, a stream or a run on a cluster have written.")
public final class LogsCommand implements Runnable {

    @Parameters(
            paramLabel = "ID",
            description = "Identity of an ensemble, a stream or a run, or the beginning of one; 'polyphony status"
                    + " --namespace N' lists them.")
    private String id = "";

    @Option(
            names = "--service",
            paramLabel = "S",
            description = "Only this service's: perturb-service, teacher-service, student-trainer or evaluator.")
    private @Nullable String service;

    @Option(names = "--follow", description = "Go on until the pods that are there now have ended, or until Ctrl-C.")
    private boolean follow;

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        new PodLogs(namespace.namespace(), spec.commandLine().getOut()).print(id, service, follow);
    }
}
