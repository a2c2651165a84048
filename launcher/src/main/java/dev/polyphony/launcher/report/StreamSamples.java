package dev.polyphony.launcher.report;

import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.StepRange;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.ReliabilityBins;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a report shows of the recorded stream: images, and how much the teachers differ on perturbed ones.
 *
 * @param samples perturbed images that the bins are of
 * @param meanKld mean divergence of the teachers on them, in nats
 * @param diversityBins by confidence
 * @param images some clean images and their perturbations
 */
public record StreamSamples(int samples, double meanKld, List<Diversity.Bin> diversityBins, List<Sample> images) {

    /** So many steps tell enough, and are read in a second. */
    private static final long MOST_STEPS = 64;

    private static final int IMAGES = 10;

    public StreamSamples {
        diversityBins = List.copyOf(diversityBins);
        images = List.copyOf(images);
    }

    /**
     * Reads the last steps of a stream.
     *
     * @param steps of the whole stream, all recorded
     * @param stepsPerEpoch at most one epoch is read
     */
    public static StreamSamples read(RecordedStream stream, long steps, long stepsPerEpoch) {
        StepRange range = new StepRange(Math.max(0, steps - Math.min(MOST_STEPS, stepsPerEpoch)), steps - 1);
        return of(
                List.copyOf(stream.minibatches(range).values()),
                List.copyOf(stream.logits(range).values()));
    }

    /** Of steps in order and their logits. */
    static StreamSamples of(List<Minibatch> minibatches, List<TeacherLogits> logits) {
        Predictions predictions = predictions(minibatches, logits);
        return new StreamSamples(
                predictions.samples(),
                Diversity.meanKld(predictions),
                Diversity.bins(predictions, ReliabilityBins.COUNT),
                images(minibatches.get(0)));
    }

    private static Predictions predictions(List<Minibatch> minibatches, List<TeacherLogits> logits) {
        int members = Math.toIntExact(logits.get(0).logits().shape().get(0));
        List<List<double[]>> rows = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            rows.add(new ArrayList<>());
        }
        for (TeacherLogits step : logits) {
            float[] values = step.logits().toFloats();
            int classes = values.length / members / step.samples();
            for (int row = 0; row < members * step.samples(); row++) {
                double[] copy = new double[classes];
                for (int k = 0; k < classes; k++) {
                    copy[k] = values[row * classes + k];
                }
                rows.get(row / step.samples()).add(copy);
            }
        }
        int[] labels = minibatches.stream()
                .flatMapToInt(batch -> Arrays.stream(batch.labels().toInts()))
                .toArray();
        return new Predictions(
                rows.stream().map(member -> member.toArray(double[][]::new)).toArray(double[][][]::new), labels);
    }

    private static List<Sample> images(Minibatch batch) {
        long[] shape = batch.images().dimensions();
        int pixels = Math.toIntExact(shape[1] * shape[2] * shape[3]);
        byte[] clean = batch.images().toBytes();
        Tensor noise = batch.perturbation();
        float[] added = noise == null ? new float[clean.length] : noise.toFloats();
        int[] labels = batch.labels().toInts();
        List<Sample> images = new ArrayList<>();
        for (int i = 0; i < Math.min(IMAGES, batch.samples()); i++) {
            images.add(new Sample(
                    labels[i],
                    Math.toIntExact(shape[1]),
                    Math.toIntExact(shape[2]),
                    Math.toIntExact(shape[3]),
                    Arrays.copyOfRange(clean, i * pixels, (i + 1) * pixels),
                    Arrays.copyOfRange(added, i * pixels, (i + 1) * pixels)));
        }
        return images;
    }

    /**
     * One image of the stream.
     *
     * @param label its class
     * @param clean [C, H, W], pixel values 0 to 255
     * @param perturbation [C, H, W], in units of the pixel range [0, 1]
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sample(int label, int channels, int height, int width, byte[] clean, float[] perturbation) {}
}
