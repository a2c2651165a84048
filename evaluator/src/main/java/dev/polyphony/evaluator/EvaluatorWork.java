package dev.polyphony.evaluator;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.evaluator.shift.ShiftScores;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.experiment.ValidationEpochs;
import dev.polyphony.models.Inference;
import dev.polyphony.models.Network;
import dev.polyphony.models.store.Checkpoint;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.ProgressLines;
import dev.polyphony.streaming.service.Work;
import dev.polyphony.wire.CheckpointAnnouncement;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the ensemble, then every checkpoint of the run as it is announced; with the last one it chooses the student.
 * Repeating any of it gives the same files, so it needs no memory but the model store.
 */
final class EvaluatorWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluatorWork.class);

    private final Experiment experiment;
    private final NDManager manager;
    private final ModelStore store;
    private final Network student;
    private final Supplier<Examiner> examiners;
    private final ShiftScores shift;
    private final Announcements announcements;
    private final RunFiles files;
    private final ScoreGauges gauges;
    private final Provenance provenance;
    private final Heartbeat heartbeat;
    private volatile boolean stopping;

    EvaluatorWork(
            Experiment experiment,
            NDManager manager,
            ModelStore store,
            Network student,
            Supplier<Examiner> examiners,
            ShiftScores shift,
            Announcements announcements,
            ScoreGauges gauges,
            Provenance provenance,
            Heartbeat heartbeat) {
        this.experiment = experiment;
        this.manager = manager;
        this.store = store;
        this.student = student;
        this.examiners = examiners;
        this.shift = shift;
        this.announcements = announcements;
        this.files = new RunFiles(store, experiment.identities().runId());
        this.gauges = gauges;
        this.provenance = provenance;
        this.heartbeat = heartbeat;
    }

    @Override
    public String role() {
        return "evaluate";
    }

    @Override
    public void run() {
        ValidationEpochs epochs = new ValidationEpochs(experiment.streamPlan().epochs());
        long total = IntStream.rangeClosed(1, epochs.epochs())
                .filter(epochs::includes)
                .count();
        ProgressLines progress = new ProgressLines(role(), 0, total + shift.examinations(), System.out);
        Examiner examiner = examiners.get();
        heartbeat.ready();
        while (!stopping) {
            CheckpointAnnouncement checkpoint = announcements.next();
            heartbeat.beat();
            if (checkpoint == null || !isThere(checkpoint)) {
                continue;
            }
            OptionalDouble accuracy = score(checkpoint, examiner);
            progress.update(files.evaluations().size(), examiner.images(), told(accuracy));
            if (checkpoint.last()) {
                // Whoever scored the last one may have died before choosing; choosing again gives the same files.
                finish(checkpoint, progress);
                return;
            }
        }
    }

    /** A run that was deleted leaves its announcements behind; when it is done again, new ones follow. */
    private boolean isThere(CheckpointAnnouncement checkpoint) {
        boolean there = store.has(checkpoint.address());
        if (!there) {
            LOG.warn("checkpoint {} is not in the model store any more: passed over", checkpoint.address());
        }
        return there;
    }

    private void finish(CheckpointAnnouncement last, ProgressLines progress) {
        RunSummary summary = new StudentChoice(
                        store,
                        files,
                        student,
                        manager,
                        experiment.recipe().student().selection())
                .choose(last);
        long[] done = {files.evaluations().size()};
        try {
            shift.complete(
                    files.student(),
                    images -> {
                        heartbeat.beat();
                        progress.update(++done[0], images, "");
                        if (stopping) {
                            throw new CancellationException();
                        }
                    },
                    gauges::show);
        } catch (CancellationException stopped) {
            return;
        }
        files.saveSummary(summary);
    }

    private static String told(OptionalDouble accuracy) {
        return accuracy.isPresent()
                ? String.format(Locale.ROOT, "\"validationAccuracy\":%.4f", accuracy.getAsDouble())
                : "";
    }

    /** Scores a checkpoint and gives its accuracy on the validation split; empty if it had been scored before. */
    private OptionalDouble score(CheckpointAnnouncement announced, Examiner examiner) {
        Optional<SortedMap<String, SplitScores>> known = files.scores(announced, examiner.splits());
        if (known.isPresent()) {
            gauges.show(announced.runId(), announced.nextStep(), known.get());
            return OptionalDouble.empty();
        }
        long began = System.nanoTime();
        byte[] bytes = store.get(announced.address(), announced.sha256());
        try (Checkpoint checkpoint =
                Checkpoint.read(manager, student, bytes, announced.address(), announced.sha256())) {
            SortedMap<String, SplitScores> scores = examiner.examine(pixels ->
                    Inference.logits(manager, student, checkpoint.state().weights(), pixels));
            EvaluationDocument document = new EvaluationDocument(
                    announced.runId(),
                    "student",
                    announced.nextStep(),
                    announced.epochsDone(),
                    announced.sha256(),
                    provenance,
                    scores);
            files.save(document);
            announcements.publish(document);
            gauges.show(announced.runId(), announced.nextStep(), scores);
            gauges.took(System.nanoTime() - began);
            SplitScores validation = scores.get("validation");
            return validation == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(validation.standard().accuracy());
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }
}
