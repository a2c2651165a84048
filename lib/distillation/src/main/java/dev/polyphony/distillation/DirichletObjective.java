package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.polyphony.models.engine.Operations;

/**
 * Ensemble distribution distillation (END2; Malinin et al., ICLR 2020; paper, appendix A.4): the student's logits z
 * parametrise a Dirichlet distribution with concentrations exp(z / T), and the negative log-likelihood of the members'
 * probabilities under it is minimised, times T squared. Labels take no part. The student's prediction is softmax(z).
 *
 * <p>Likelihood and gradient are computed in Java doubles ({@link DirichletRows}), because log-gamma functions of large
 * concentrations cancel in float32 and the engine's api has none; so every step waits for the logits once.
 *
 * @param annealing temperature by epoch
 * @param smoothing share of the uniform distribution mixed into each member's probabilities, 0 to below 1
 * @param temperature of this epoch
 */
record DirichletObjective(TemperatureAnnealing annealing, double smoothing, double temperature) implements Objective {

    DirichletObjective {
        Objective.requireTemperature(temperature);
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("smoothing is 0 to below 1: " + smoothing);
        }
    }

    /** The objective of the first epoch. */
    static DirichletObjective first(TemperatureAnnealing annealing, double smoothing) {
        return new DirichletObjective(annealing, smoothing, annealing.temperature(0));
    }

    @Override
    public Objective in(int epoch) {
        return new DirichletObjective(annealing, smoothing, annealing.temperature(epoch));
    }

    @Override
    public boolean distils() {
        return true;
    }

    /** Reported, but not minimised. */
    @Override
    public double crossEntropyWeight() {
        return 0;
    }

    /** Gradients shrink with the temperature's square; this undoes it. */
    @Override
    public double divergenceWeight() {
        return temperature * temperature;
    }

    /**
     * The negative log-likelihood. What is differentiated is {@code sum(g * z)} with the gradient g as a constant, which
     * has the gradient of the likelihood; a constant makes up for the difference in value.
     */
    @Override
    public NDArray divergence(NDArray student, NDArray teacher) {
        Rows.subnetworks(student, teacher);
        DirichletRows rows = DirichletRows.of(
                student.stopGradient().toFloatArray(),
                teacher.toFloatArray(),
                Math.toIntExact(teacher.getShape().get(0)),
                Math.toIntExact(teacher.getShape().get(2)),
                smoothing,
                temperature);
        NDArray gradient =
                Operations.constant(student.getManager(), rows.gradient(), student.getShape(), DataType.FLOAT32);
        NDArray surrogate = student.mul(gradient).sum();
        NDArray rest = Operations.number(student.getManager(), (float) (rows.loss() - rows.surrogate()));
        return surrogate.add(rest);
    }
}
