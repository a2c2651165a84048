package dev.polyphony.launcher;

import dev.polyphony.launcher.process.ProcessIds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code polyphony status}: what is running, and what there is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say which processes are running, and which ensembles and runs there are.")
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
        int[] running = {0};
        ProcessIds.read(directory.pids()).forEach((name, pid) -> {
            if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                out.println("running   " + name + ", process " + pid);
                running[0]++;
            }
        });
        if (running[0] == 0) {
            out.println("running   nothing");
        }
        for (Path ensemble : children(directory.store().resolve("ensembles"))) {
            long members = children(ensemble).stream()
                    .filter(file -> file.getFileName().toString().matches("member-\\d+\\.safetensors"))
                    .count();
            out.println("ensemble  " + ensemble.getFileName() + ", members trained: " + members);
        }
        for (Path run : children(directory.store().resolve("runs"))) {
            boolean finished = Files.exists(run.resolve("summary.json"));
            out.println("run       " + run.getFileName() + ", " + (finished ? "finished" : "not finished"));
        }
        out.flush();
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
