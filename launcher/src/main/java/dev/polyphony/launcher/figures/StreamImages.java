package dev.polyphony.launcher.figures;

import dev.polyphony.datasets.DatasetCatalog;
import dev.polyphony.experiment.StreamPart.Perturbation;
import dev.polyphony.experiment.UserMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.recorded.StoredStream;
import dev.polyphony.launcher.report.SampleSource;
import dev.polyphony.launcher.report.StreamSamples;
import dev.polyphony.launcher.run.RunOptions;
import java.util.List;
import java.util.Optional;

/** Adds images of the streams to runs' figures: those that a report has kept, else read from the recorded stream. */
final class StreamImages implements AutoCloseable {

    private static final String WHAT = "images of the stream";

    private final RunOptions options;
    private final WorkDirectory work;
    private Optional<WorkBroker> broker = Optional.empty();

    StreamImages(RunOptions options) {
        this.options = options;
        this.work = options.work();
    }

    void add(MeasuredRun measured, FigureSection section) {
        if (measured.run().recipe().stream().perturbation() == Perturbation.NONE) {
            section.leaveOut(WHAT, "this stream is not perturbed");
            return;
        }
        Optional<StreamSamples> samples;
        try {
            samples = read(measured.run());
        } catch (RuntimeException unreadable) {
            // The broker may fail in many ways; the other figures do not depend on it.
            section.leaveOut(
                    WHAT, "stream " + measured.run().streamId() + " cannot be read: " + unreadable.getMessage());
            return;
        }
        samples.ifPresentOrElse(
                found -> StripFigures.ofRun(measured, found, classNames(measured.run()), section),
                () -> section.leaveOut(
                        WHAT, "stream " + measured.run().streamId() + " is not recorded in " + work.root()));
    }

    private Optional<StreamSamples> read(FinishedRun run) {
        long steps = run.facts().summary().lastStep();
        long stepsPerEpoch = Math.max(1, steps / run.recipe().stream().epochs());
        SampleSource source = SampleSource.of(work, run.runId(), run.streamId(), stepsPerEpoch);
        Optional<StreamSamples> kept = source.read(null);
        if (kept.isPresent() || !(options.cluster() != null || isStored(run.streamId()))) {
            return kept;
        }
        return source.read(broker().cluster());
    }

    private boolean isStored(String streamId) {
        return StoredStream.in(work.records()).stream()
                .anyMatch(stream -> stream.streamId().equals(streamId));
    }

    private WorkBroker broker() {
        if (broker.isEmpty()) {
            broker = Optional.of(WorkBroker.open(work, options.cluster()));
        }
        return broker.get();
    }

    /** Without its data set, classes have numbers only. */
    private List<String> classNames(FinishedRun run) {
        try {
            return DatasetCatalog.open(run.recipe().dataset(), options.data()).classNames();
        } catch (RuntimeException missing) {
            if (missing instanceof UserMistake) {
                return List.of();
            }
            throw missing;
        }
    }

    @Override
    public void close() {
        broker.ifPresent(WorkBroker::close);
    }
}
