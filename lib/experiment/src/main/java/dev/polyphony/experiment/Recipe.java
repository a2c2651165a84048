package dev.polyphony.experiment;

/**
 * One experiment: everything that changes a number, and nothing that names a host.
 *
 * @param name the recipe's name, for people; part of no identity
 * @param dataset which images, and how they are augmented
 * @param ensemble how the teachers are trained, or where they come from
 * @param stream how minibatches are drawn and perturbed
 * @param student what learns from the stream, and how
 * @param evaluation what is scored; changes no weights
 */
public record Recipe(
        String name,
        DatasetPart dataset,
        EnsemblePart ensemble,
        StreamPart stream,
        StudentPart student,
        EvaluationPart evaluation) {

    /**
     * How many members are trained, from member 0 on: those of the ensemble, and after them the external guide if the
     * stream has one. A member's weights do not depend on how many there are. Of an imported ensemble none is trained.
     */
    public int trainedMembers() {
        if (ensemble instanceof EnsemblePart.Imported) {
            return 0;
        }
        return ensemble.size() + (stream.guide() == StreamPart.Guide.EXTERNAL ? 1 : 0);
    }

    /**
     * How the members are trained.
     *
     * @throws IllegalStateException if they were imported
     */
    public EnsemblePart.Trained training() {
        if (ensemble instanceof EnsemblePart.Trained trained) {
            return trained;
        }
        throw new IllegalStateException("nothing is trained for an ensemble " + ensemble.networks());
    }
}
