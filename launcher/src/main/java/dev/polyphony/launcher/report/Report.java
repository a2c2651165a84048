package dev.polyphony.launcher.report;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.launcher.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** What a finished run has come to. */
public final class Report {

    private final WorkDirectory work;
    private final Experiment experiment;
    private final RunFacts facts;

    private Report(WorkDirectory work, Experiment experiment, RunFacts facts) {
        this.work = work;
        this.experiment = experiment;
        this.facts = facts;
    }

    /**
     * Reads the results of a run.
     *
     * @throws IllegalStateException if the run is not finished
     */
    public static Report of(WorkDirectory work, Experiment experiment) {
        RunFacts facts = RunFacts.read(
                work.store(),
                experiment.identities().ensembleId(),
                experiment.identities().runId());
        return new Report(work, experiment, facts);
    }

    /** Ensemble, members, student and subnetworks side by side. */
    public ResultTable table() {
        return ResultTable.of(facts.ensemble().reported(), facts.student().reported());
    }

    /** Where {@link #write} puts the page. */
    public Path file() {
        return work.root()
                .resolve("reports")
                .resolve(experiment.identities().runId())
                .resolve("report.html");
    }

    /**
     * Writes one HTML page that needs no other file and no network.
     *
     * @param samples of the recorded stream; null if it cannot be read now, and the page does without
     * @return where it is
     */
    public Path write(@Nullable StreamSamples samples) {
        Path file = file();
        Path unfinished = file.resolveSibling(".report.html.part");
        try {
            Files.createDirectories(unfinished.getParent());
            Files.writeString(unfinished, new ReportPage(experiment, facts, table(), samples).toHtml());
            return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file, e);
        }
    }
}
