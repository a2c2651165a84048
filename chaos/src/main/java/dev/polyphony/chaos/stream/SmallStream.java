package dev.polyphony.chaos.stream;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The experiment of all scenarios: everything that the big ones have, in a size of which a step takes milliseconds.
 *
 * @param recipe its file
 * @param data where data sets lie
 * @param experiment the recipe, opened
 */
public record SmallStream(Path recipe, Path data, Experiment experiment) {

    /** Steps of an epoch. */
    public static final int STEPS_PER_EPOCH = 128;

    private static final String RECIPE = """
            dataset:    {name: fashion-mnist-small, trainSamples: 1024}
            ensemble:   {architecture: resnet-8, width: 4, stemStride: 2, size: 2, batchSize: 64, learningRate: 0.05, weightDecay: 4e-4, warmupEpochs: 1, epochs: 2, seed: 1}
            stream:     {perturbation: confods, stepSize: 1.0, temperature: 4, batchSize: 8, epochs: %d, seed: 1}
            student:    {architecture: batch-ensemble, network: resnet-8, width: 4, stemStride: 2, subnetworks: 2, distillationWeight: 0.9, temperature: 4, learningRate: 0.02, weightDecay: 4e-4, warmupEpochs: 1, seed: 1}
            """;

    /**
     * Writes the recipe and opens it.
     *
     * @param directory where the recipe and the data set will lie
     * @param epochs of {@link #STEPS_PER_EPOCH} steps each
     */
    public static SmallStream in(Path directory, int epochs) {
        try {
            Files.createDirectories(directory);
            Path recipe = Files.writeString(directory.resolve("recipe.yaml"), RECIPE.formatted(epochs));
            Path data = directory.resolve("data");
            return new SmallStream(recipe, data, Experiment.open(recipe.toString(), data));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the recipe", e);
        }
    }

    /** Its topics. */
    public StreamTopics topics() {
        return new StreamTopics(experiment.identities().streamId());
    }

    /** Identity of the run. */
    public String runId() {
        return experiment.identities().runId();
    }

    /** Identity of the ensemble. */
    public String ensembleId() {
        return experiment.identities().ensembleId();
    }

    /** Steps in all. */
    public long steps() {
        return experiment.streamPlan().steps();
    }

    /** Sizes of its records. */
    public RecordLimits limits() {
        return RecordLimits.of(
                experiment.recipe().stream().batchSize(),
                experiment.dataset().shape().pixels(),
                experiment.recipe().stream().precision(),
                experiment.recipe().ensemble().size(),
                experiment.dataset().classes());
    }
}
