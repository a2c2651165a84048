package dev.polyphony.launcher.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.StreamParts;
import dev.polyphony.experiment.UserMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkLock;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Of what lies in the store; streams are deleted in ArchiveIT. */
class DeleteCommandTest {

    private static final String RUN = "0123456789ab";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Experiment experiment = Experiment.open("tiny", Path.of("data"));
    private boolean answer;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anEnsemble_tellsWhatItTaught_andGoesOnlyAfterYes() throws IOException {
        WorkDirectory work = layOut();
        String ensemble = experiment.identities().ensembleId();
        Path member = work.store().resolve("ensembles/" + ensemble + "/member-0.safetensors");

        assertThat(delete(ensemble)).isZero();
        assertThat(asked).containsExactly("Delete ensemble " + ensemble + "?");
        assertThat(out.toString())
                .contains(
                        "deleting ensemble " + ensemble + " frees 2.0 kB",
                        "stream " + experiment.identities().streamId() + ": if it is complete it can still be replayed",
                        "run " + RUN + " (not finished)",
                        "nothing was deleted");
        assertThat(member).exists();

        answer = true;
        assertThat(delete(ensemble)).isZero();
        assertThat(out.toString()).contains("ensemble " + ensemble + " is deleted");
        assertThat(member.getParent()).doesNotExist();
    }

    @Test
    void aRun_goesWithItsReport() throws IOException {
        WorkDirectory work = layOut();
        Path report = work.root().resolve("reports/" + RUN + "/report.html");
        Files.createDirectories(report.getParent());
        Files.writeString(report, "x".repeat(500));

        assertThat(delete(RUN, "--yes")).isZero();
        assertThat(asked).isEmpty();
        assertThat(work.run(RUN, "")).doesNotExist();
        assertThat(report.getParent()).doesNotExist();
        assertThat(work.store().resolve("ensembles")).isNotEmptyDirectory();
    }

    @Test
    void nothingIsDeleted_whileARunIsInProgress_orOfAnUnknownName() throws IOException {
        WorkDirectory work = layOut();
        WorkLock lock = WorkLock.take(work);
        assertThat(delete(RUN, "--yes")).isEqualTo(2);
        lock.close();
        assertThat(err.toString()).contains("is using the work directory");
        assertThat(work.run(RUN, "run.json")).exists();

        assertThat(delete("ffffffffffff", "--yes")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no stream, run or ensemble ffffffffffff");
        assertThat(delete("../store", "--yes")).isEqualTo(2);
        assertThat(err.toString()).contains("an identity consists of hexadecimal digits, unlike ../store");
    }

    private WorkDirectory layOut() throws IOException {
        WorkDirectory work = new WorkDirectory(directory);
        StreamParts parts =
                StreamParts.of(experiment.recipe(), experiment.dataset().checksums(), work.imported());
        new StreamFiles(new DirectoryModelStore(work.store())).keep(parts);
        Path ensemble = work.store().resolve("ensembles").resolve(parts.ensembleId());
        Files.createDirectories(ensemble);
        Files.write(ensemble.resolve("member-0.safetensors"), new byte[2000]);
        Files.createDirectories(work.run(RUN, ""));
        Files.writeString(
                work.run(RUN, "run.json"),
                "{\"recipe\":{\"name\":\"tiny\"},\"identities\":{\"streamId\":\"" + parts.streamId()
                        + "\",\"ensembleId\":\"" + parts.ensembleId() + "\"}}");
        return work;
    }

    private int delete(String... arguments) {
        DeleteCommand command = new DeleteCommand(question -> {
            asked.add(question);
            return answer;
        });
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--work", directory.toString()));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return failure instanceof UserMistake ? 2 : 1;
                })
                .execute(all.toArray(String[]::new));
    }
}
