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
import java.util.function.DoubleConsumer;

/** The ensemble's logits on the perturbed images of a minibatch. The same minibatch gives the same bytes, always. */
final class TeachStage implements Stage<Minibatch, TeacherLogits> {

    private final NDManager manager;
    private final Experiment experiment;
    private final Ensemble ensemble;
    private final DoubleConsumer meanKld;

    /**
     * The stage.
     *
     * @param meanKld told the members' mean-KLD on each minibatch, as the student will see it
     */
    TeachStage(NDManager manager, Experiment experiment, Ensemble ensemble, DoubleConsumer meanKld) {
        this.manager = manager;
        this.experiment = experiment;
        this.ensemble = ensemble;
        this.meanKld = meanKld;
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
            meanKld.accept(diversity(values, members, minibatch.labels().toInts()));
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

    private static double diversity(float[] values, int members, int[] labels) {
        int classes = values.length / members / labels.length;
        double[][][] logits = new double[members][labels.length][classes];
        int at = 0;
        for (double[][] member : logits) {
            for (double[] sample : member) {
                for (int k = 0; k < classes; k++) {
                    sample[k] = values[at++];
                }
            }
        }
        return Diversity.meanKld(new Predictions(logits, labels));
    }
}
