package dev.polyphony.scoring.jacobians;

import java.util.Arrays;

/**
 * What distillation on perturbed inputs does to Jacobians (paper, sec. 3.2, eqs. 9 to 11, and sec. 5.3). A Jacobian is
 * {@code [K][D]}: the gradient of each of K outputs by the D input values.
 *
 * <p>Whether the paper's are of probabilities or of logits is not known. Its expansion is of probabilities, which are
 * therefore meant here: {@link #ofProbabilities} makes them of those of logits, and keeps what a backward pass through a
 * saturated softmax loses.
 */
public final class JacobianMatching {

    private JacobianMatching() {}

    /**
     * Cosine of the angle between the vectorised Jacobians of a teacher and a student at one input (paper, sec. 5.3), -1
     * to 1; 0 if one of them is all zero. Independent of the scale of either, however small.
     *
     * @param teacher {@code [K][D]}, finite, K and D at least 1
     * @param student the same shape
     * @throws IllegalArgumentException if shapes differ or a value is not finite
     */
    public static double cosineSimilarity(double[][] teacher, double[][] student) {
        requireShape(teacher, student);
        double ofTeacher = largest(teacher);
        double ofStudent = largest(student);
        if (ofTeacher == 0 || ofStudent == 0) {
            return 0;
        }
        double product = 0;
        double teacherSquares = 0;
        double studentSquares = 0;
        for (int k = 0; k < teacher.length; k++) {
            for (int d = 0; d < teacher[k].length; d++) {
                double t = teacher[k][d] / ofTeacher;
                double s = student[k][d] / ofStudent;
                product += t * s;
                teacherSquares += t * t;
                studentSquares += s * s;
            }
        }
        double cosine = product / Math.sqrt(teacherSquares) / Math.sqrt(studentSquares);
        return Math.min(Math.max(cosine, -1), 1);
    }

    /**
     * Jacobian of softmax probabilities from that of their logits, {@code [K][D]}: p_k (∇z_k - Σ_j p_j ∇z_j).
     *
     * @param ofLogits {@code [K][D]}, finite
     * @param probabilities softmax of the logits, {@code [K]}
     * @throws IllegalArgumentException if shapes differ or a value is not finite
     */
    public static double[][] ofProbabilities(double[][] ofLogits, double[] probabilities) {
        requireShape(ofLogits, ofLogits);
        requireProbabilities(ofLogits, probabilities);
        double[] mean = new double[ofLogits[0].length];
        for (int k = 0; k < probabilities.length; k++) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += probabilities[k] * ofLogits[k][d];
            }
        }
        double[][] result = new double[probabilities.length][mean.length];
        for (int k = 0; k < probabilities.length; k++) {
            for (int d = 0; d < mean.length; d++) {
                result[k][d] = probabilities[k] * (ofLogits[k][d] - mean[d]);
            }
        }
        return result;
    }

    /**
     * The term of the expected distillation loss that matches Jacobians, for noise of unit variance (paper, eqs. 10 and
     * 11 at temperature 1; after Srinivas and Fleuret 2018): -Σ_k ⟨∇T_k, ∇S_k⟩ / S_k. Any number; noise of standard
     * deviation σ multiplies it by σ².
     *
     * @param teacher Jacobian of the teacher's probabilities T, {@code [K][D]}, finite
     * @param student Jacobian of the student's probabilities S, {@code [K][D]}, finite
     * @param studentProbabilities S, {@code [K]}, above 0
     * @throws IllegalArgumentException if shapes differ, a value is not finite or a probability not above 0
     */
    public static double expectedTerm(double[][] teacher, double[][] student, double[] studentProbabilities) {
        requireShape(teacher, student);
        requireProbabilities(student, studentProbabilities);
        double sum = 0;
        for (int k = 0; k < studentProbabilities.length; k++) {
            if (studentProbabilities[k] == 0) {
                throw new IllegalArgumentException("The student's probability of class " + k + " must be above 0");
            }
            double product = 0;
            for (int d = 0; d < teacher[k].length; d++) {
                product += teacher[k][d] * student[k][d];
            }
            sum -= product / studentProbabilities[k];
        }
        return sum;
    }

    private static void requireShape(double[][] teacher, double[][] student) {
        if (teacher.length == 0 || teacher.length != student.length || teacher[0].length == 0) {
            throw new IllegalArgumentException("Jacobians must have equally many outputs and at least one of each: "
                    + teacher.length + " and " + student.length + " outputs");
        }
        for (int k = 0; k < teacher.length; k++) {
            if (teacher[k].length != teacher[0].length || student[k].length != teacher[0].length) {
                throw new IllegalArgumentException("Jacobians differ in inputs: " + teacher[0].length
                        + " at output 0, but " + teacher[k].length + " and " + student[k].length + " at output " + k);
            }
            requireFinite(teacher[k], k);
            requireFinite(student[k], k);
        }
    }

    private static void requireFinite(double[] row, int output) {
        for (int d = 0; d < row.length; d++) {
            if (!Double.isFinite(row[d])) {
                throw new IllegalArgumentException(
                        "The Jacobian at output " + output + ", input " + d + " must be finite, but is " + row[d]);
            }
        }
    }

    private static void requireProbabilities(double[][] jacobian, double[] probabilities) {
        if (probabilities.length != jacobian.length
                || !Arrays.stream(probabilities).allMatch(p -> p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "There must be " + jacobian.length + " probabilities, 0 to 1: " + Arrays.toString(probabilities));
        }
    }

    private static double largest(double[][] jacobian) {
        double largest = 0;
        for (double[] row : jacobian) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }
}
