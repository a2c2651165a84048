package dev.polyphony.benchmarks;

import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Predictions;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All scores of four members on 10,000 samples of 10 classes, the temperature fitted. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class ScoringBenchmark {

    private final Predictions predictions = predictions(4, 10_000, 10);

    private static Predictions predictions(int members, int samples, int classes) {
        Random random = new Random(1);
        double[][][] logits = new double[members][samples][classes];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = random.nextInt(classes);
            for (double[][] member : logits) {
                for (int k = 0; k < classes; k++) {
                    member[n][k] = 2 * random.nextGaussian() + (k == labels[n] ? 2 : 0);
                }
            }
        }
        return new Predictions(logits, labels);
    }

    /** Standard and calibrated scores, per member too, and diversity. */
    @Benchmark
    public Assessment assess() {
        return Assessment.of(predictions, predictions);
    }
}
