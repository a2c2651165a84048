package dev.polyphony.experiment;

/**
 * How minibatches are drawn and perturbed.
 *
 * @param perturbation what is added to the clean images
 * @param guide whose outputs the perturbation differentiates
 * @param outputs which outputs these are
 * @param stepSize size of the perturbation in 1/255 of the pixel range (the paper's eta times 255)
 * @param temperature softens the teacher's softmax that the perturbation differentiates
 * @param precision number format in which the perturbation travels
 * @param batchSize images per minibatch
 * @param epochs passes over the training split
 * @param seed of permutation, augmentation, chosen member and guide vectors
 * @param record how far the recording may run ahead of its students; changes no number and is not hashed
 */
public record StreamPart(
        Perturbation perturbation,
        Guide guide,
        Outputs outputs,
        double stepSize,
        double temperature,
        Precision precision,
        int batchSize,
        int epochs,
        long seed,
        Recording record) {

    /** Kinds of perturbation. */
    public enum Perturbation {
        /** Clean images only. */
        NONE,
        /** Independent normal noise per pixel. */
        GAUSSIAN,
        /** Output diversified sampling (paper, eq. 3). */
        ODS,
        /** ODS scaled by the teacher's confidence (paper, eq. 8). */
        CONFODS,
        /** Away from the label (paper, appendix A.2). */
        ADVERSARIAL
    }

    /** Whose outputs a perturbation differentiates. */
    public enum Guide {
        /** The ensemble's members, one at random for each minibatch. */
        MEMBERS,
        /** One further network trained like the members that nothing is distilled from (paper, fig. 5). */
        EXTERNAL
    }

    /** Outputs that output diversified sampling combines. */
    public enum Outputs {
        /** Softened probabilities, as in the authors' reference code. */
        PROBABILITIES,
        /** Logits (Tashiro et al., 2020). */
        LOGITS
    }

    /** Number format of the perturbation on the wire. */
    public enum Precision {
        FLOAT16,
        FLOAT32
    }

    /** Pacing of the recording. */
    public enum Recording {
        /** A bounded lead over the slowest attached student. */
        PACED,
        /** The whole stream, however far behind the students are. */
        WHOLE
    }
}
