package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.process.ProcessIds;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandTest {

    @Test
    void emptyDirectory_hasNothing(@TempDir Path directory) {
        assertThat(status(directory.resolve("none")))
                .contains("running   nothing")
                .doesNotContain("run       ");
    }

    @Test
    void runsEnsemblesAndProcesses_areSaid(@TempDir Path directory) throws Exception {
        WorkDirectory work = new WorkDirectory(directory);
        Path ensemble = Files.createDirectories(work.store().resolve("ensembles/e1"));
        Files.createFile(ensemble.resolve("member-0.safetensors"));
        Files.createFile(ensemble.resolve("member-0.safetensors.sha256"));
        Files.createDirectories(work.run("r1", ""));
        Files.createDirectories(work.run("r2", ""));
        Files.createFile(work.run("r2", "summary.json"));
        ProcessIds processes = new ProcessIds(work.pids());
        processes.put("kafka", ProcessHandle.current().pid());
        processes.put("evaluator", 1);
        processes.remove("evaluator");

        assertThat(status(directory))
                .contains("running   kafka, process " + ProcessHandle.current().pid() + "\n")
                .doesNotContain("evaluator")
                .contains("ensemble  e1, members trained: 1\n")
                .contains("run       r1, not finished\n")
                .contains("run       r2, finished\n");
    }

    private static String status(Path work) {
        StringWriter out = new StringWriter();
        CommandLine line = Polyphony.commandLine();
        line.setOut(new PrintWriter(out, true));
        assertThat(line.execute("status", "--work", work.toString())).isZero();
        return out.toString();
    }
}
