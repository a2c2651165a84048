package dev.polyphony.launcher.deadletters;

import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.letters.DeadLetter;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony dlt}: records that could not be read. */
@Command(
        name = "dlt",
        mixinStandardHelpOptions = true,
        description = "Show the records of a stream that could not be read, and make up for them.",
        synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? For example: polyphony dlt list 4f2a51c07e9b");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the records that could not be read and that nobody has made up for.")
    void list(
            @Parameters(paramLabel = "STREAM", description = "Identity of the stream.") String stream,
            @Mixin ClusterOption cluster,
            @Mixin WorkOption work) {
        try (WorkBroker broker = WorkBroker.open(work.directory(), cluster.cluster())) {
            KafkaClients clients = broker.cluster().clients();
            List<DeadLetter> letters = new ArrayList<>();
            for (String topic : new StreamTopics(stream).all()) {
                letters.addAll(new DeadLetterTopic(clients, topic, RecordLimits.ANY).open());
            }
            if (letters.isEmpty()) {
                say("stream " + stream + " has no dead letters");
            }
            letters.forEach(letter -> say(line(letter)));
        }
    }

    @Command(
            name = "republish",
            mixinStandardHelpOptions = true,
            description = {
                "Make up for the records that could not be read, now that the cause is mended.",
                "A record that can be read now is written again unchanged; what is damaged is made again from what it"
                        + " was made of. Run the recipe afterwards: the services do the steps that were missing, and the"
                        + " student goes on."
            })
    void republish(
            @Parameters(paramLabel = "STREAM", description = "Identity of the stream.") String stream,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun,
            @Mixin ClusterOption cluster,
            @Mixin WorkOption work) {
        try (WorkBroker broker = WorkBroker.open(work.directory(), cluster.cluster())) {
            Mending mending = new Mending(broker.cluster().clients(), new StreamTopics(stream));
            List<Remedy> remedies = mending.remedies();
            remedies.forEach(remedy -> say(remedy.toString()));
            if (remedies.isEmpty()) {
                say("stream " + stream + " has no dead letters");
            } else if (!dryRun) {
                mending.apply(remedies);
                say("done: run the recipe again, and the stream goes on");
            }
        }
    }

    private static String line(DeadLetter letter) {
        return letter.origin() + " (key " + Remedy.key(letter) + ", put aside "
                + letter.at().truncatedTo(ChronoUnit.SECONDS) + "): " + letter.reason();
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
