package dev.polyphony.launcher.imports;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.Images;
import dev.polyphony.models.Inference;
import dev.polyphony.models.InputRange;
import dev.polyphony.models.Member;
import dev.polyphony.models.MemberCheck;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.store.MemberFile;
import dev.polyphony.scoring.Predictions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Tries members one after the other: none is kept in memory longer than it answers. */
final class Audition {

    private static final int TRIED = 8;

    private final NDManager manager;
    private final Dataset dataset;
    private final InputRange range;
    private final List<double[][]> validation = new ArrayList<>();
    private final List<double[][]> test = new ArrayList<>();

    /** @param range what TorchScript modules take for an image */
    Audition(NDManager manager, Dataset dataset, InputRange range) {
        this.manager = manager;
        this.dataset = dataset;
        this.range = range;
    }

    /**
     * Checks a member on a few images, then has it answer on all of both splits.
     *
     * @throws InvalidModelFileException if it cannot be a member
     */
    void hear(MemberFile file) {
        try (Member member = file.open(manager, dataset.input(), range)) {
            try (NDArray images = images()) {
                MemberCheck.require(member, images, file.source());
            }
            validation.add(logits(member, dataset.validation(), file.source()));
            test.add(logits(member, dataset.test(), file.source()));
        }
    }

    private NDArray images() {
        int bytes = Math.min(TRIED, dataset.validation().count())
                * dataset.validation().shape().pixels();
        ByteBuffer pixels = ByteBuffer.allocateDirect(bytes);
        return Pixels.toImages(
                manager, pixels.put(dataset.validation().pixels(), 0, bytes).flip(), dataset.input());
    }

    private double[][] logits(Member member, Images images, String source) {
        double[][] logits = Inference.logits(manager, member, images.pixels());
        for (int i = 0; i < logits.length; i++) {
            for (double logit : logits[i]) {
                if (!Double.isFinite(logit)) {
                    throw new InvalidModelFileException(
                            source, "a logit for image " + i + " of " + logits.length + " is " + logit);
                }
            }
        }
        return logits;
    }

    /** Scores of all members that were heard. */
    EnsembleScores scores() {
        return EnsembleScores.of(predictions(validation, dataset.validation()), predictions(test, dataset.test()));
    }

    private static Predictions predictions(List<double[][]> members, Images images) {
        return new Predictions(members.toArray(new double[0][][]), images.labels());
    }
}
