package dev.polyphony.student;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.experiment.ValidationEpochs;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.store.Checkpoint;
import dev.polyphony.models.store.CheckpointFiles;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import dev.polyphony.streaming.reader.Consumed;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.wire.CheckpointAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's checkpoints: weights, optimiser state and the place in the stream, in one file each. */
final class StudentCheckpoints {

    private static final Logger LOG = LoggerFactory.getLogger(StudentCheckpoints.class);
    private static final String MINIBATCHES = "minibatches-";
    private static final String LOGITS = "logits-";

    private final Experiment experiment;
    private final Network network;
    private final Provenance provenance;
    private final CheckpointFiles files;
    private final StreamPlan plan;
    private final ValidationEpochs validation;
    private final int keep;
    private final Consumer<CheckpointAnnouncement> announce;

    StudentCheckpoints(
            Experiment experiment,
            ModelStore store,
            Network network,
            Provenance provenance,
            int keep,
            Consumer<CheckpointAnnouncement> announce) {
        this.experiment = experiment;
        this.network = network;
        this.provenance = provenance;
        this.files = new CheckpointFiles(
                store, "runs/" + experiment.identities().runId() + "/checkpoints", network, LOG::warn);
        this.plan = experiment.streamPlan();
        this.validation = new ValidationEpochs(plan.epochs());
        this.keep = keep;
        this.announce = announce;
    }

    Checkpoint restoreOrInitialise(NDManager manager) {
        StudentPart student = experiment.recipe().student();
        return files.latest(manager, this::isEvaluated)
                .orElseGet(() -> new Checkpoint(
                        TrainingState.fresh(Initialisation.weights(
                                network, manager, student.seed(), student.rankOneInitialisation())),
                        0,
                        new TreeMap<>(),
                        Consumed.NOTHING.sha256(),
                        provenance.toJson()));
    }

    /** Where a checkpoint stands in the stream. */
    StreamPosition position(Checkpoint checkpoint, int partitions) {
        if (checkpoint.nextStep() == 0) {
            return StreamPosition.beginning(partitions);
        }
        return new StreamPosition(
                checkpoint.nextStep(),
                offsets(checkpoint, MINIBATCHES, partitions),
                offsets(checkpoint, LOGITS, partitions));
    }

    /** What the student had learned from at a checkpoint. */
    Consumed consumed(Checkpoint checkpoint) {
        if (checkpoint.consumed().isEmpty()) {
            throw unfit(checkpoint, "was written by a version that did not keep what it learned from");
        }
        return new Consumed(checkpoint.consumed());
    }

    private List<Long> offsets(Checkpoint checkpoint, String topic, int partitions) {
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Long offset = checkpoint.offsets().get(topic + partition);
            if (offset == null) {
                throw unfit(
                        checkpoint,
                        "says nothing of partition " + partition + " of the " + topic.replace("-", "") + " topic");
            }
            offsets.add(offset);
        }
        return offsets;
    }

    private InvalidModelFileException unfit(Checkpoint checkpoint, String why) {
        return new InvalidModelFileException(
                files.address(checkpoint.nextStep()),
                why + "; delete the run's checkpoints to train it again from the recorded stream");
    }

    /** Saves the state, and announces it if it is one that is evaluated. */
    void save(TrainingState state, StreamPosition position, Consumed consumed) {
        TreeMap<String, Long> offsets = new TreeMap<>();
        for (int partition = 0; partition < position.partitions(); partition++) {
            offsets.put(MINIBATCHES + partition, position.minibatches().get(partition));
            offsets.put(LOGITS + partition, position.logits().get(partition));
        }
        StoredFile file =
                files.save(new Checkpoint(state, position.nextStep(), offsets, consumed.sha256(), provenance.toJson()));
        if (isEvaluated(position.nextStep())) {
            announce.accept(announcement(file));
        }
        files.prune(position.nextStep(), keep, this::isEvaluated);
    }

    /**
     * Announces again what a predecessor may have saved without living to announce it.
     *
     * @param nextStep where the training goes on; later checkpoints, if any, are made again
     */
    void announceUpTo(long nextStep) {
        files.all(step -> step <= nextStep && isEvaluated(step)).stream()
                .map(this::announcement)
                .forEach(announce);
    }

    private boolean isEvaluated(long nextStep) {
        return nextStep > 0
                && nextStep % plan.stepsPerEpoch() == 0
                && validation.includes((int) (nextStep / plan.stepsPerEpoch()));
    }

    private CheckpointAnnouncement announcement(StoredFile file) {
        long nextStep = files.nextStep(file.address());
        return new CheckpointAnnouncement(
                experiment.identities().runId(),
                experiment.identities().streamId(),
                nextStep,
                (int) (nextStep / plan.stepsPerEpoch()),
                file.address(),
                file.sha256(),
                nextStep == plan.steps());
    }
}
