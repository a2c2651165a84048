package dev.polyphony.teacher;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.polyphony.datasets.Augmenter;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Losses;
import dev.polyphony.distillation.MemberTraining;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.Randomness;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.experiment.ValidationEpochs;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.store.Checkpoint;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.ProgressLines;
import dev.polyphony.streaming.service.Work;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Trains one ensemble member and ends. Its state is saved after every epoch, so that a process that died goes on to the
 * same weights. The member is the state of the epoch with the best validation accuracy, as in the reference code.
 */
final class MemberWork implements Work {

    private final Experiment experiment;
    private final int member;
    private final MemberCandidates candidates;
    private final NDManager manager;
    private final Heartbeat heartbeat;
    private final StreamPlan plan;
    private volatile boolean stopping;

    MemberWork(Experiment experiment, int member, MemberCandidates candidates, NDManager manager, Heartbeat heartbeat) {
        this.experiment = experiment;
        this.member = member;
        this.candidates = candidates;
        this.manager = manager;
        this.heartbeat = heartbeat;
        EnsemblePart.Trained part = experiment.recipe().training();
        this.plan = new StreamPlan(
                experiment.dataset().train().count(), part.batchSize(), part.epochs(), seed(part.seed(), member));
    }

    /** Members differ by seed alone. */
    static long seed(long ensembleSeed, int member) {
        return Randomness.derive(ensembleSeed, Randomness.Purpose.MEMBER_SEED, member);
    }

    @Override
    public String role() {
        return "train-member-" + member;
    }

    @Override
    public void run() {
        heartbeat.ready();
        if (candidates.isTrained()) {
            progress(plan.steps());
            return;
        }
        Checkpoint start = candidates.restoreOrInitialise(manager, plan.seed());
        ProgressLines progress = progress(start.nextStep());
        try (MemberTraining training = new MemberTraining(
                candidates.network(), start.state(), experiment.recipe().training())) {
            for (long step = start.nextStep(); step < plan.steps() && !stopping; step++) {
                Losses losses = step(training, step);
                heartbeat.beat();
                String loss = String.format(Locale.ROOT, "\"loss\":%.4f", losses.total());
                progress.update(step + 1, plan.sampleCount(step), loss);
                if (plan.stepInEpoch(step) == plan.stepsPerEpoch() - 1) {
                    finishEpoch(training, step);
                }
            }
        }
        if (!stopping) {
            candidates.publishBest();
        }
    }

    private ProgressLines progress(long done) {
        return new ProgressLines("train member " + member, done, plan.steps(), System.out);
    }

    private Losses step(MemberTraining training, long step) {
        Images train = experiment.dataset().train();
        int[] indices = plan.indices(step);
        byte[] pixels = Augmenter.draw(
                experiment.dataset(), indices, experiment.recipe().dataset().augmentation(), plan.seed(), step);
        int[] labels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = train.labels()[indices[i]];
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
            return training.step(Pixels.toImages(manager, direct, experiment.input()), labels, plan.epoch(step));
        }
    }

    private void finishEpoch(MemberTraining training, long step) {
        int epochsDone = plan.epoch(step) + 1;
        if (new ValidationEpochs(plan.epochs()).includes(epochsDone)) {
            candidates.offer(manager, training.state().weights(), epochsDone);
        }
        candidates.save(training.state(), step + 1);
    }

    /** The epoch in hand is given up: it is trained again, to the same weights. */
    @Override
    public void stop() {
        stopping = true;
    }
}
