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

    /** KL(softmax(teacher / temperature) || softmax(student / temperature)), the mean over rows. */
    static NDArray divergence(NDArray student, NDArray teacher, float temperature) {
        if (!student.getShape().equals(teacher.getShape())) {
            throw new IllegalArgumentException(
                    "student logits " + student.getShape() + " and ensemble logits " + teacher.getShape());
        }
        NDArray target = teacher.div(temperature).logSoftmax(1);
        NDArray actual = student.div(Operations.number(student.getManager(), temperature))
                .logSoftmax(1);
        return target.exp().mul(target.sub(actual)).sum(new int[] {1}).mean();
    }
}
