package dev.polyphony.evaluator.analysis;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.evaluator.shift.ShiftScores;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ModelFile;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.ProgressLines;
import dev.polyphony.streaming.service.Work;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * Analyses a finished run and ends. Needs no broker. The document appears whole at the end; one that is there for the
 * same student stays, and a repetition gives the same numbers.
 */
final class AnalysisWork implements Work {

    private final Experiment experiment;
    private final NDManager manager;
    private final ModelStore store;
    private final AnalysisSizes sizes;
    private final ShiftScores shift;
    private final Provenance provenance;
    private final Heartbeat heartbeat;
    private final String runId;
    private volatile boolean stopping;

    AnalysisWork(
            Experiment experiment,
            NDManager manager,
            ModelStore store,
            AnalysisSizes sizes,
            ShiftScores shift,
            Provenance provenance,
            Heartbeat heartbeat) {
        this.experiment = experiment;
        this.manager = manager;
        this.store = store;
        this.sizes = sizes;
        this.shift = shift;
        this.provenance = provenance;
        this.heartbeat = heartbeat;
        this.runId = experiment.identities().runId();
    }

    @Override
    public String role() {
        return "analyse";
    }

    @Override
    public void run() {
        String address = "runs/" + runId + "/student.safetensors";
        StoredFile student = store.find(address)
                .orElseThrow(
                        () -> new UnfinishedRunException(experiment.recipe().name(), address));
        heartbeat.ready();
        try {
            if (isAnalysed(student)) {
                IntConsumer step = counting(shift.examinations() + 1);
                shift.complete(address, step, document -> {});
                step.accept(0);
            } else {
                analyse(address, student);
            }
        } catch (CancellationException stopped) {
            // The document at hand has not been written: the next process begins it anew.
        }
    }

    private void analyse(String address, StoredFile student) {
        ModelFile.Content content = ModelFile.read(manager, store.get(address, student.sha256()), address);
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        try (Subject subject = Subject.of(experiment, manager, files, content)) {
            DiversityMeasurement diversity = new DiversityMeasurement(subject);
            JacobianMeasurement jacobians = new JacobianMeasurement(subject, sizes.jacobianImages());
            GradientMeasurement gradients = new GradientMeasurement(subject, sizes.gradientImages(), sizes.draws());
            IntConsumer step =
                    counting(shift.examinations() + DiversityMeasurement.STEPS + jacobians.steps() + gradients.steps());
            shift.complete(address, step, document -> {});
            AnalysisDocument document = new AnalysisDocument(
                    runId,
                    student.sha256(),
                    provenance,
                    diversity.measure(sizes.trainImages(), step),
                    jacobians.measure(step),
                    gradients.measure(step));
            store.put(AnalysisDocument.address(runId), document.toBytes());
        }
    }

    private boolean isAnalysed(StoredFile student) {
        return store.find(AnalysisDocument.address(runId))
                .filter(file -> AnalysisDocument.isOf(store.get(file.address(), file.sha256()), student.sha256()))
                .isPresent();
    }

    private IntConsumer counting(int total) {
        ProgressLines progress = new ProgressLines(role(), 0, total, System.out);
        long[] done = {0};
        return images -> {
            heartbeat.beat();
            progress.update(++done[0], images, "");
            if (stopping) {
                throw new CancellationException();
            }
        };
    }

    /** What has been measured is given up. */
    @Override
    public void stop() {
        stopping = true;
    }
}
