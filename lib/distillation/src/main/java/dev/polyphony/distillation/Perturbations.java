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
     * @param ensemble differentiated by the output diversified kinds; stays the caller's to close
     */
    public static Perturbation of(StreamPart stream, Ensemble ensemble) {
        return switch (stream.perturbation()) {
            case NONE -> new Unperturbed();
            case GAUSSIAN -> new GaussianNoise(stream.stepSize(), stream.seed());
            case ODS -> new OutputDiversifiedSampling(stream.stepSize(), directions(stream, ensemble));
            case CONFODS -> new ConfidenceScaledOds(stream.stepSize(), directions(stream, ensemble));
            case ADVERSARIAL -> new Adversarial(stream.stepSize(), directions(stream, ensemble));
        };
    }

    private static OutputDirections directions(StreamPart stream, Ensemble ensemble) {
        return new OutputDirections(ensemble, stream.temperature(), stream.seed());
    }
}
