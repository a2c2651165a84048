package dev.polyphony.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.distillation.StreamImages;
import dev.polyphony.models.Ensemble;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;

/** The ensemble's logits on the perturbed images of a minibatch. The same minibatch gives the same bytes, always. */
final class TeachStage implements Stage<Minibatch, TeacherLogits> {

    private static final int CLEAN_EVERY = 20;

    private final NDManager manager;
    private final Experiment experiment;
    private final Ensemble ensemble;
    private final TeacherMeters meters;

    /**
     * The stage.
     *
     * @param meters told the members' mean-KLD on each minibatch, as the student will see it
     */
    TeachStage(NDManager manager, Experiment experiment, Ensemble ensemble, TeacherMeters meters) {
        this.manager = manager;
        this.experiment = experiment;
        this.ensemble = ensemble;
        this.meters = meters;
    }

    @Override
    public TeacherLogits apply(Minibatch minibatch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tensor perturbation = minibatch.perturbation();
            StreamImages images = StreamImages.of(
                    manager,
                    experiment.input(),
                    minibatch.images().data(),
                    perturbation == null ? null : perturbation.data(),
                    DataType.valueOf(experiment.recipe().stream().precision().name()));
            NDArray logits = ensemble.logits(images.compared());
            float[] values = logits.toFloatArray();
            int members = ensemble.size();
            int[] labels = minibatch.labels().toInts();
            meters.perturbed(Diversity.meanKld(Predictions.of(values, members, labels)));
            if (minibatch.step() % CLEAN_EVERY == 0) {
                meters.clean(cleanMeanKld(images, labels));
            }
            return new TeacherLogits(
                    minibatch.streamId(),
                    minibatch.step(),
                    0,
                    1,
                    experiment.identities().ensembleId(),
                    Tensor.ofFloats(
                            values,
                            members,
                            minibatch.samples(),
                            experiment.dataset().classes()));
        }
    }

    /** What the diversity would be without perturbations; it costs a pass of its own, so only now and then. */
    private double cleanMeanKld(StreamImages images, int[] labels) {
        float[] values = ensemble.logits(images.clean()).toFloatArray();
        return Diversity.meanKld(Predictions.of(values, ensemble.size(), labels));
    }
}
