package dev.polyphony.launcher.cluster.fetch;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterSession;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A run on a volume, seen through a pod that has it. Needs {@code ls} and {@code cat} there, and nothing else: no shell, no
 * tar.
 */
final class PodRun implements StoredRun {

    private static final String CONTAINER = "service";
    private static final String CHECKSUM = ".sha256";
    private static final int PATIENCE_MINUTES = 30;
    private static final int DIGITS = 64;

    private final ClusterSession session;
    private final String pod;
    private final String directory;

    /** @param directory of the run, in the pod; ends in a slash */
    PodRun(ClusterSession session, String pod, String directory) {
        this.session = session;
        this.pod = pod;
        this.directory = directory;
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>();
        list("", files);
        return files;
    }

    private void list(String folder, List<String> files) {
        Answer answer = execute("ls", "-1p", directory + folder);
        if (answer.exitCode() != 0 && folder.isEmpty()) {
            return;
        }
        require(answer, "list " + directory + folder);
        for (String name :
                answer.output().toString(StandardCharsets.UTF_8).lines().toList()) {
            if (name.endsWith("/")) {
                list(folder + name, files);
            } else if (!name.endsWith(CHECKSUM)) {
                files.add(folder + name);
            }
        }
    }

    /** Twice if need be: a file and its checksum cannot be replaced in one step. */
    @Override
    public byte[] read(String file) {
        byte[] content = cat(file);
        if (!Sha256.of(content).equals(checksum(file))) {
            content = cat(file);
            String expected = checksum(file);
            if (!Sha256.of(content).equals(expected)) {
                throw new LauncherMistake(directory + file + " in pod " + pod + " has SHA-256 " + Sha256.of(content)
                        + ", and the store says " + expected + ": it is damaged. Nothing was written");
            }
        }
        return content;
    }

    private String checksum(String file) {
        String line = new String(cat(file + CHECKSUM), StandardCharsets.UTF_8);
        return line.substring(0, Math.min(DIGITS, line.length()));
    }

    private byte[] cat(String file) {
        Answer answer = execute("cat", directory + file);
        require(answer, "read " + directory + file);
        return answer.output().toByteArray();
    }

    private void require(Answer answer, String what) {
        if (answer.exitCode() != 0) {
            throw new LauncherMistake("cannot " + what + " in pod " + pod + ": "
                    + answer.complaint().strip());
        }
    }

    private Answer execute(String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        return session.ask("run " + command[0] + " in pod " + pod, () -> {
            try (ExecWatch watch = session.client()
                    .pods()
                    .withName(pod)
                    .inContainer(CONTAINER)
                    .writingOutput(output)
                    .writingError(complaint)
                    .exec(command)) {
                Integer exitCode = watch.exitCode().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
                if (exitCode == null || exitCode < 0) {
                    throw new IllegalStateException(
                            "the connection to pod " + pod + " broke off; give the same command again");
                }
                return new Answer(exitCode, output, complaint.toString(StandardCharsets.UTF_8));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading from pod " + pod, interrupted);
            } catch (ExecutionException | TimeoutException brokenOff) {
                throw new IllegalStateException(
                        "the connection to pod " + pod + " broke off: " + brokenOff.getMessage(), brokenOff);
            }
        });
    }

    private record Answer(int exitCode, ByteArrayOutputStream output, String complaint) {}
}
