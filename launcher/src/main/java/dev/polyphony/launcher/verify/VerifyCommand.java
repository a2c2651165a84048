package dev.polyphony.launcher.verify;

import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.streaming.KafkaClients;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony verify}: the ledger of a run. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Prove from the log and the checkpoints that a run applied every step of its stream exactly once.",
            "Says what it checked. Exits with 1 at the first thing that does not hold, and names it."
        })
public final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "Identity of the run; 'polyphony status' lists them.")
    private String runId = "";

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private WorkOption work = new WorkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        WorkDirectory directory = work.directory();
        try {
            RunEvidence run = RunEvidence.read(new DirectoryModelStore(directory.store()), runId);
            try (WorkBroker broker = WorkBroker.open(directory, cluster.cluster())) {
                KafkaClients clients = broker.cluster().clients();
                new Ledger(run, clients, directory.imported(), line -> say("holds   " + line)).verify();
            }
            say("run " + runId + ": the ledger holds");
            return 0;
        } catch (BrokenLedgerException broken) {
            say("BROKEN  " + broken.getMessage());
            say("run " + runId + ": the ledger does not hold");
            return 1;
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
