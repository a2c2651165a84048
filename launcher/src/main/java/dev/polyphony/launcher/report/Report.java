package dev.polyphony.launcher.report;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
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
        Evaluation ensemble = facts.ensemble();
        return ResultTable.of(
                ensemble == null ? null : ensemble.reported(), facts.student().reported());
    }

    /** What is said of an ensemble that could not be scored; empty if it was. */
    public Optional<String> lacking() {
        return facts.ensemble() == null
                ? Optional.of("ensemble " + experiment.identities().ensembleId()
                        + " is not in the model store: its scores, and what they are the measure of (DEE), are not to"
                        + " be had")
                : Optional.empty();
    }

    /** Which records the student has learnt from. */
    public OffsetsRead offsetsRead() {
        return OffsetsRead.of(
                experiment.identities().streamId(), facts.summary().offsets());
    }

    /** Where the report of a run lies, and what it was made of. */
    static Path directory(WorkDirectory work, String runId) {
        return work.root().resolve("reports").resolve(runId);
    }

    /** Where {@link #write} puts the page. */
    public Path file() {
        return directory(work, experiment.identities().runId()).resolve("report.html");
    }

    /**
     * Writes one HTML page that needs no other file and no network.
     *
     * @param cluster where the stream can be read now; if null, what an earlier report has read of it is shown,
     *     and nothing of the stream if there is none
     * @return where the page is
     */
    public Path write(@Nullable Cluster cluster) {
        return write(samples().read(cluster));
    }

    /** Where the samples of the stream come from. */
    SampleSource samples() {
        return SampleSource.of(
                work,
                experiment.identities().runId(),
                experiment.identities().streamId(),
                experiment.streamPlan().stepsPerEpoch());
    }

    Path write(Optional<StreamSamples> samples) {
        Path file = file();
        Path unfinished = file.resolveSibling(".report.html.part");
        try {
            Files.createDirectories(unfinished.getParent());
            Files.writeString(unfinished, new ReportPage(experiment, facts, table(), samples.orElse(null)).toHtml());
            return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + file, e);
        }
    }
}
