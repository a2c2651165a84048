package dev.polyphony.evaluator.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.jacobians.Jacobians;
import dev.polyphony.evaluator.analysis.AnalysisDocument.Similarities;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.scoring.jacobians.JacobianMatching;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How alike the Jacobians of student and teachers are on test images (paper, sec. 5.3, figs. 5(d) and 6): of
 * probabilities at temperature 1, as in the paper's expansion.
 *
 * <p>Subnetwork m is compared with member m, whatever it was trained by, so that students from scratch are the
 * counterparts of distilled ones. Where there are not as many of both, such as for a single network, every subnetwork is
 * compared with the ensemble, whose Jacobian is the members' mean.
 */
final class JacobianMeasurement {

    /** Doubles that the matrices of one minibatch may fill, teachers and student each. */
    private static final long ROOM = 4_000_000;

    private static final int LARGEST_BATCH = 50;
    private static final double TEMPERATURE = 1;

    private final Subject subject;
    private final int count;
    private final int batch;

    /** For so many images, or all if there are fewer. */
    JacobianMeasurement(Subject subject, int images) {
        this.subject = subject;
        this.count = Math.min(images, subject.experiment().dataset().test().count());
        ImageInput input = subject.experiment().input();
        long perImage =
                (long) Math.max(subject.ensemble().size(), subject.student().members())
                        * input.classes()
                        * input.channels()
                        * input.height()
                        * input.width();
        this.batch = (int) Math.min(Math.max(ROOM / perImage, 1), LARGEST_BATCH);
    }

    /** Minibatches. */
    int steps() {
        return (count + batch - 1) / batch;
    }

    /**
     * All similarities.
     *
     * @param step told the number of images after each minibatch
     */
    Similarities measure(IntConsumer step) {
        Images test = subject.experiment().dataset().test();
        List<List<Double>> similarities = new ArrayList<>();
        for (int m = 0; m < subject.student().members(); m++) {
            similarities.add(new ArrayList<>());
        }
        for (int from = 0; from < count; from += batch) {
            int size = Math.min(batch, count - from);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                compare(subject.images(test, from, size), similarities);
            }
            step.accept(size);
        }
        return new Similarities(count, similarities);
    }

    private void compare(NDArray images, List<List<Double>> similarities) {
        double[][][][] teachers = Jacobians.ofProbabilities(subject.ensemble(), images, TEMPERATURE);
        double[][][][] student = Jacobians.ofProbabilities(subject.student(), subject.weights(), images, TEMPERATURE);
        boolean oneToOne = teachers.length == student.length;
        for (int i = 0; i < student[0].length; i++) {
            for (int m = 0; m < student.length; m++) {
                double[][] teacher = oneToOne ? teachers[m][i] : mean(teachers, i);
                similarities.get(m).add(JacobianMatching.cosineSimilarity(teacher, student[m][i]));
            }
        }
    }

    private static double[][] mean(double[][][][] members, int image) {
        double[][] mean = new double[members[0][image].length][members[0][image][0].length];
        for (double[][][] member : members) {
            for (int k = 0; k < mean.length; k++) {
                for (int d = 0; d < mean[k].length; d++) {
                    mean[k][d] += member[image][k][d] / members.length;
                }
            }
        }
        return mean;
    }
}
