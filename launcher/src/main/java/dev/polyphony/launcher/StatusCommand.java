package dev.polyphony.launcher;

import dev.polyphony.launcher.broker.LocalBroker;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.cluster.NamespaceOption;
import dev.polyphony.launcher.cluster.watch.ClusterStatus;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.StoredStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code polyphony status}: what is running, and what there is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Say which processes are running, and which ensembles, streams and runs there are: in the work directory, or"
                    + " in a namespace of a cluster."
        })
final class StatusCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private WorkOption work = new WorkOption();

    @ArgGroup(exclusive = false)
    private @Nullable NamespaceOption namespace;

    @Override
    public void run() {
        if (namespace == null) {
            printWorkDirectory();
        } else {
            ClusterStatus.print(namespace.namespace(), spec.commandLine().getOut());
        }
    }

    private void printWorkDirectory() {
        WorkDirectory directory = work.directory();
        PrintWriter out = spec.commandLine().getOut();
        out.println("work directory " + directory.root());
        SortedMap<String, Long> running = running(directory);
        running.forEach((name, pid) -> out.println("running   " + name + ", process " + pid));
        if (running.isEmpty()) {
            out.println("running   nothing");
        }
        for (Path ensemble : new FileTree(directory.store().resolve("ensembles")).children()) {
            long members = new FileTree(ensemble)
                    .children().stream()
                            .filter(file -> file.getFileName().toString().matches("member-\\d+\\.safetensors"))
                            .count();
            boolean elsewhere = members == 0 && !Files.exists(ensemble.resolve("training"));
            out.println("ensemble  " + ensemble.getFileName()
                    + (elsewhere ? ", trained elsewhere" : ", members trained: " + members));
        }
        for (Path imported : new FileTree(directory.store().resolve("imported")).children()) {
            String name = imported.getFileName().toString();
            directory
                    .imported()
                    .find(name)
                    .ifPresent(ensemble -> out.println("imported  " + name + ", for " + ensemble.dataset()
                            + ", members: " + ensemble.members().size()));
        }
        for (StoredStream stream : StoredStream.in(directory.records())) {
            String size = String.format(Locale.ROOT, "%.1f MB", stream.bytes() / 1e6);
            out.println("stream    " + stream.streamId() + ", "
                    + (running.containsKey(LocalBroker.NAME) ? steps(directory, stream) + ", " : "") + size);
        }
        for (Path run : new FileTree(directory.store().resolve("runs")).children()) {
            boolean finished = Files.exists(run.resolve("summary.json"));
            out.println("run       " + run.getFileName() + ", " + (finished ? "finished" : "not finished"));
        }
        out.flush();
    }

    private static SortedMap<String, Long> running(WorkDirectory work) {
        SortedMap<String, Long> alive = new TreeMap<>();
        work.allPids().forEach(file -> alive.putAll(ProcessIds.read(file)));
        alive.values()
                .removeIf(pid ->
                        !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        return alive;
    }

    /** Only a broker knows how many steps a stream has; none is started just to ask it. */
    private static String steps(WorkDirectory work, StoredStream stored) {
        long steps;
        long planned;
        try {
            RecordedStream stream = new RecordedStream(WorkBroker.address(work).clients(), stored.streamId());
            steps = stream.steps();
            planned = stream.planned();
        } catch (KafkaException ending) {
            return "its broker does not answer";
        }
        return steps == planned ? "complete, " + steps + " steps" : steps + " of " + planned + " steps recorded";
    }
}
