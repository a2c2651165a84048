package dev.polyphony.distillation;

import dev.polyphony.experiment.StreamPart;
import dev.polyphony.models.Ensemble;

/** Makes the perturbation that a recipe asks for. */
public final class Perturbations {

    private Perturbations() {}

    /**
     * The perturbation of a stream.
     *
     * @param stream says which kind, how large, at which temperature and from which seed
     * @param guides differentiated by the output diversified and the adversarial kinds: the ensemble, or the external
     *     guide as an ensemble of one; stays the caller's to close
     */
    public static Perturbation of(StreamPart stream, Ensemble guides) {
        return switch (stream.perturbation()) {
            case NONE -> new Unperturbed();
            case GAUSSIAN -> new GaussianNoise(stream.stepSize(), stream.seed());
            case ODS -> new OutputDiversifiedSampling(stream.stepSize(), directions(stream, guides));
            case CONFODS -> new ConfidenceScaledOds(stream.stepSize(), directions(stream, guides));
            case ADVERSARIAL -> new Adversarial(stream.stepSize(), directions(stream, guides));
        };
    }

    private static OutputDirections directions(StreamPart stream, Ensemble guides) {
        return new OutputDirections(guides, stream.outputs(), stream.temperature(), stream.seed());
    }
}
