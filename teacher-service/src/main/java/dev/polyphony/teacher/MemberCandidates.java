package dev.polyphony.teacher;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.models.Inference;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.store.Checkpoint;
import dev.polyphony.models.store.CheckpointFiles;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ModelFile;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.Scores;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states that a member's training saves: the last one, to go on from, and the best one, to become the member. */
final class MemberCandidates {

    private static final Logger LOG = LoggerFactory.getLogger(MemberCandidates.class);
    private static final String ACCURACY = "validation-accuracy";
    private static final String EPOCH = "epoch";
    private static final String PROVENANCE = "provenance";

    private final Experiment experiment;
    private final ModelStore store;
    private final EnsembleFiles files;
    private final int member;
    private final Provenance provenance;
    private final Network network;
    private final CheckpointFiles checkpoints;

    MemberCandidates(Experiment experiment, ModelStore store, int member, Provenance provenance) {
        this.experiment = experiment;
        this.store = store;
        this.files = new EnsembleFiles(store, experiment.identities().ensembleId());
        this.member = member;
        this.provenance = provenance;
        this.network = Networks.member(experiment.recipe().training(), experiment.input());
        this.checkpoints = new CheckpointFiles(store, files.training(member), network, LOG::warn);
    }

    Network network() {
        return network;
    }

    boolean isTrained() {
        return files.hasMember(member);
    }

    Checkpoint restoreOrInitialise(NDManager manager, long seed) {
        return checkpoints
                .latest(manager, step -> false)
                .orElseGet(() -> Checkpoint.of(
                        TrainingState.fresh(Initialisation.weights(network, manager, seed)), 0, provenance.toJson()));
    }

    void save(TrainingState state, long nextStep) {
        checkpoints.save(Checkpoint.of(state, nextStep, provenance.toJson()));
        checkpoints.prune(nextStep, 2, step -> false);
    }

    /** Keeps the weights if their validation accuracy is above that of all before; the earlier of equals stays. */
    void offer(NDManager manager, Weights weights, int epoch) {
        Images validation = experiment.dataset().validation();
        Predictions predictions =
                new Predictions(Inference.logits(manager, network, weights, validation.pixels()), validation.labels());
        double accuracy = Scores.of(predictions.pooledLogProbabilities(), validation.labels())
                .accuracy();
        LOG.info("member {} after epoch {}: validation accuracy {}", member, epoch, accuracy);
        if (accuracy > bestAccuracy(manager, epoch)) {
            Map<String, String> metadata = Map.of(
                    ACCURACY,
                    Double.toString(accuracy),
                    EPOCH,
                    Integer.toString(epoch),
                    PROVENANCE,
                    provenance.toJson());
            store.put(files.candidate(member), ModelFile.encode(network, weights, metadata));
        }
    }

    /** Of the epochs before this one: a candidate of a later epoch was left by a process that died, and counts not. */
    private double bestAccuracy(NDManager manager, int epoch) {
        StoredFile best = store.find(files.candidate(member)).orElse(null);
        if (best == null) {
            return -1;
        }
        byte[] bytes = store.get(best.address(), best.sha256());
        try (ModelFile.Content content = ModelFile.read(manager, bytes, best.address())) {
            boolean earlier = Integer.parseInt(content.metadata().getOrDefault(EPOCH, "0")) < epoch;
            return earlier ? Double.parseDouble(content.metadata().getOrDefault(ACCURACY, "-1")) : -1;
        }
    }

    void publishBest() {
        StoredFile best = store.find(files.candidate(member)).orElseThrow();
        store.put(files.member(member), store.get(best.address(), best.sha256()));
    }
}
