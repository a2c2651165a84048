package dev.polyphony.launcher;

import dev.polyphony.launcher.broker.LocalBroker;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.StoredStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code polyphony status}: what is running, and what there is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say which processes are running, and which ensembles, streams and runs there are.")
final class StatusCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private WorkOption work = new WorkOption();

    @Override
    public void run() {
        WorkDirectory directory = work.directory();
        PrintWriter out = spec.commandLine().getOut();
        out.println("work directory " + directory.root());
        SortedMap<String, Long> running = running(directory);
        running.forEach((name, pid) -> out.println("running   " + name + ", process " + pid));
        if (running.isEmpty()) {
            out.println("running   nothing");
        }
        for (Path ensemble : children(directory.store().resolve("ensembles"))) {
            long members = children(ensemble).stream()
                    .filter(file -> file.getFileName().toString().matches("member-\\d+\\.safetensors"))
                    .count();
            boolean elsewhere = members == 0 && !Files.exists(ensemble.resolve("training"));
            out.println("ensemble  " + ensemble.getFileName()
                    + (elsewhere ? ", trained elsewhere" : ", members trained: " + members));
        }
        for (Path imported : children(directory.store().resolve("imported"))) {
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
        for (Path run : children(directory.store().resolve("runs"))) {
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

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
