package dev.polyphony.experiment;

/**
 * What learns from the stream, and how.
 *
 * @param architecture kind of student
 * @param network its backbone, such as {@code resnet-8} (any 6n+2)
 * @param width channels of the first stage
 * @param stemStride stride of the first convolution
 * @param subnetworks number of subnetworks; equals the ensemble's size for one-to-one distillation
 * @param objective what is minimised
 * @param distillationWeight the paper's alpha, 0 to 1: share of the distillation term
 * @param temperature softens both softmaxes of the distillation term
 * @param learningRate base learning rate, multiplied by the schedule's factor
 * @param momentum of stochastic gradient descent, no Nesterov
 * @param rankOneLearningRateFactor multiplies the learning rate of rank-one factors
 * @param weightDecay coupled L2; rank-one factors have none
 * @param warmupEpochs the schedule's first milestone: full learning rate is reached in this epoch (1-based)
 * @param seed of initialisation
 */
public record StudentPart(
        Architecture architecture,
        String network,
        int width,
        int stemStride,
        int subnetworks,
        Objective objective,
        double distillationWeight,
        double temperature,
        double learningRate,
        double momentum,
        double rankOneLearningRateFactor,
        double weightDecay,
        int warmupEpochs,
        long seed) {

    /** Kinds of student. */
    public enum Architecture {
        /** One network whose subnetworks share their weights up to rank-one factors. */
        BATCH_ENSEMBLE
    }

    /** Training objectives. */
    public enum Objective {
        /** Subnetwork m learns from ensemble member m (paper, eqs. 2 and 5). */
        ONE_TO_ONE,
        /** Cross-entropy on clean images: trained from scratch, for comparison. */
        CROSS_ENTROPY
    }
}
