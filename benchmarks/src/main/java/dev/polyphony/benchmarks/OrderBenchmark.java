package dev.polyphony.benchmarks;

import dev.polyphony.streaming.order.LateSteps;
import dev.polyphony.streaming.order.StepOrder;
import dev.polyphony.wire.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Merging four partitions into step order, the partitions arriving in bursts. Time per step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrderBenchmark {

    private static final int PARTITIONS = 4;
    private static final int BURST = 8;
    private static final int STEPS = 1_024;

    private final List<PlanStep> steps = steps();

    private static List<PlanStep> steps() {
        List<PlanStep> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            steps.add(new PlanStep("0123456789ab", step, 0, step, 128));
        }
        return steps;
    }

    /** All steps in and out again. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public long merge() {
        StepOrder<PlanStep> order = new StepOrder<>(
                "minibatches", List.of(0L, 0L, 0L, 0L), 0, BURST, parts -> parts.get(0), LateSteps.none());
        long sum = 0;
        for (int burst = 0; burst < STEPS; burst += BURST * PARTITIONS) {
            for (int partition = PARTITIONS - 1; partition >= 0; partition--) {
                for (int i = 0; i < BURST; i++) {
                    int step = burst + i * PARTITIONS + partition;
                    order.add(partition, step / PARTITIONS, steps.get(step));
                }
            }
            for (PlanStep taken = order.take(); taken != null; taken = order.take()) {
                sum += taken.step();
            }
        }
        return sum;
    }
}
