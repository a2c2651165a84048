package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.engine.Operations;

/** Means over the rows of member-major logits. */
final class Rows {

    private Rows() {}

    static NDArray crossEntropy(NDArray logits, int[] labels) {
        int rows = Math.toIntExact(logits.getShape().get(0));
        int classes = Math.toIntExact(logits.getShape().get(1));
        if (labels.length == 0 || rows % labels.length != 0) {
            throw new IllegalArgumentException(
                    rows + " rows of logits are no whole number of members for " + labels.length + " labels");
        }
        long[] index = new long[rows];
        for (int row = 0; row < rows; row++) {
            int label = labels[row % labels.length];
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("label " + label + " of " + classes + " classes");
            }
            index[row] = label;
        }
        NDArray column = logits.getManager().create(index, new Shape(rows, 1));
        return logits.logSoftmax(1).gather(column, 1).mean().neg();
    }

    /** log softmax(teacher / temperature) of [M, B, K] as rows [M*B, K]. */
    static NDArray logProbabilities(NDArray teacher, double temperature) {
        Shape shape = teacher.getShape();
        return teacher.div((float) temperature).logSoftmax(-1).reshape(-1, shape.get(shape.dimension() - 1));
    }

    /**
     * KL(target || softmax(student / temperature)), the mean over rows.
     *
     * @param student [S*B, K]
     * @param target [S*B, K], logarithms of probabilities; not differentiated
     */
    static NDArray divergence(NDArray student, NDArray target, double temperature) {
        if (!student.getShape().equals(target.getShape())) {
            throw new IllegalArgumentException(
                    "student logits " + student.getShape() + " and ensemble logits " + target.getShape());
        }
        NDArray actual = student.div(Operations.number(student.getManager(), (float) temperature))
                .logSoftmax(1);
        return target.exp().mul(target.sub(actual)).sum(new int[] {1}).mean();
    }

    /** How many subnetworks a student's rows are of, for a teacher's logits [M, B, K]. */
    static long subnetworks(NDArray student, NDArray teacher) {
        long rows = student.getShape().get(0);
        long images = teacher.getShape().get(1);
        if (rows % images != 0
                || student.getShape().get(1) != teacher.getShape().get(2)) {
            throw new IllegalArgumentException(
                    "student logits " + student.getShape() + " and ensemble logits " + teacher.getShape());
        }
        return rows / images;
    }
}
