package dev.polyphony.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where the ensemble comes from: its members are trained here, or were imported. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(EnsemblePart.Trained.class), @JsonSubTypes.Type(EnsemblePart.Imported.class)})
public sealed interface EnsemblePart {

    /** Most members an ensemble has. */
    int LARGEST = 64;

    /** Number of members, M. */
    int size();

    /** What the members are, for people. */
    String networks();

    /**
     * How the ensemble's members are trained; they differ by seed alone.
     *
     * @param architecture network of each member, such as {@code resnet-8} (any 6n+2) or {@code wrn-28-10} (6n+4, and
     *     the factor that widens it)
     * @param width channels of the first stage, before a wide network's factor
     * @param stemStride stride of the first convolution; 1 in the paper, 2 quarters the arithmetic
     * @param size number of members, M
     * @param batchSize images per minibatch
     * @param learningRate base learning rate, multiplied by the schedule's factor
     * @param momentum of stochastic gradient descent
     * @param nesterov whether the momentum is Nesterov's
     * @param weightDecay coupled L2
     * @param warmupEpochs the schedule's first milestone: full learning rate is reached in this epoch (1-based)
     * @param epochs passes over the training split
     * @param seed of initialisation and data order; member m derives its own
     */
    record Trained(
            String architecture,
            int width,
            int stemStride,
            int size,
            int batchSize,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay,
            int warmupEpochs,
            int epochs,
            long seed)
            implements EnsemblePart {

        @Override
        public String networks() {
            return architecture;
        }
    }

    /**
     * Members that were trained elsewhere.
     *
     * @param imported the name they were imported under; an identity holds what they are instead
     * @param size number of members, M
     */
    record Imported(String imported, int size) implements EnsemblePart {

        /** Whether something can be imported under a name. */
        public static boolean isName(String text) {
            return RecipeValue.Name.SPELLING.matcher(text).matches();
        }

        @Override
        public String networks() {
            return "imported as " + imported;
        }
    }
}
