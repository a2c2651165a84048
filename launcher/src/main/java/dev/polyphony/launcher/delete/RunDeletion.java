package dev.polyphony.launcher.delete;

import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.WorkDirectory;
import java.util.List;

/** A run's student, checkpoints and scores, and its report. */
final class RunDeletion implements Deletion {

    private final String runId;
    private final FileTree files;
    private final FileTree report;

    RunDeletion(WorkDirectory work, String runId) {
        this.runId = runId;
        this.files = new FileTree(work.store().resolve("runs").resolve(runId));
        this.report = new FileTree(work.root().resolve("reports").resolve(runId));
    }

    @Override
    public String name() {
        return "run " + runId;
    }

    @Override
    public long bytes() {
        return files.bytes() + report.bytes();
    }

    @Override
    public List<String> dependents() {
        return List.of();
    }

    @Override
    public void execute() {
        report.delete();
        files.delete();
    }
}
