package dev.polyphony.experiment;

/**
 * What learns from the stream, and how.
 *
 * @param architecture kind of student
 * @param network its backbone, such as {@code resnet-8} (any 6n+2) or {@code wrn-28-10} (6n+4, and the factor that
 *     widens it)
 * @param width channels of the first stage, before a wide network's factor
 * @param stemStride stride of the first convolution
 * @param subnetworks number of subnetworks; equals the ensemble's size for one-to-one distillation, 1 for a single network
 * @param objective what is minimised
 * @param distillationWeight the paper's alpha, 0 to 1: share of the distillation term
 * @param temperature softens both softmaxes of the distillation term
 * @param annealingTemperature temperature that END2's falls from to 1
 * @param smoothing share of the uniform distribution in the probabilities that END2 learns from (its gamma)
 * @param learningRate base learning rate, multiplied by the schedule's factor
 * @param momentum of stochastic gradient descent
 * @param nesterov whether the momentum is Nesterov's
 * @param rankOneInitialisation how rank-one factors begin
 * @param rankOneLearningRateFactor multiplies the learning rate of rank-one factors
 * @param rankOneWeightDecay coupled L2 of rank-one factors; the paper's have none
 * @param weightDecay coupled L2 of all else
 * @param warmupEpochs the schedule's first milestone: full learning rate is reached in this epoch (1-based)
 * @param repetitions times that each image of a minibatch is seen by each of a MIMO network's inputs
 * @param selection which accuracy on the validation split chooses the student among the checkpoints
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
        double annealingTemperature,
        double smoothing,
        double learningRate,
        double momentum,
        boolean nesterov,
        RankOne rankOneInitialisation,
        double rankOneLearningRateFactor,
        double rankOneWeightDecay,
        double weightDecay,
        int warmupEpochs,
        int repetitions,
        Selection selection,
        long seed) {

    /** Kinds of student. */
    public enum Architecture {
        /** One network whose subnetworks share their weights up to rank-one factors. */
        BATCH_ENSEMBLE,
        /** One network with as many inputs and outputs as it has subnetworks (paper, appendix A.3). */
        MIMO,
        /** One plain network. */
        SINGLE
    }

    /** How rank-one factors begin. */
    public enum RankOne {
        /** Normal with mean 1 and standard deviation 0.5, as in the authors' reference code. */
        NORMAL,
        /** 1 or -1, equally likely (Wen et al., 2020). */
        SIGNS
    }

    /** Whose accuracy chooses among checkpoints. */
    public enum Selection {
        /** The subnetworks', averaged, as in the authors' reference code. */
        SUBNETWORKS,
        /** That of their mean prediction. */
        ENSEMBLE
    }

    /** Training objectives. */
    public enum Objective {
        /** Subnetwork m learns from ensemble member m (paper, eqs. 2 and 5). */
        ONE_TO_ONE,
        /** Every subnetwork learns from the mean of the members' softened probabilities (Hinton et al., 2015). */
        AVERAGED,
        /** The student parametrises a Dirichlet distribution of the members' probabilities (paper, appendix A.4). */
        END2,
        /** Cross-entropy on clean images: trained from scratch, for comparison. */
        CROSS_ENTROPY
    }
}
