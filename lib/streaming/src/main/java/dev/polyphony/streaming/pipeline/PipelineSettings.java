package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import java.time.Duration;

/**
 * What a pipeline is called and how much it takes at once.
 *
 * @param service name of the service, the same for all its replicas
 * @param topics of the stream
 * @param replica name of this replica, stable over restarts, different from all others'
 * @param inputTopic where steps come from
 * @param outputTopic where they go
 * @param steps of the whole stream: the pipeline is done when the output topic holds them all
 * @param limits of the stream's records
 * @param stepsPerTransaction at most so many steps are committed together
 * @param gatherTime no further step joins a transaction after this time
 * @param capacity whole steps held per partition
 */
public record PipelineSettings(
        String service,
        StreamTopics topics,
        String replica,
        String inputTopic,
        String outputTopic,
        long steps,
        RecordLimits limits,
        int stepsPerTransaction,
        Duration gatherTime,
        int capacity) {

    public PipelineSettings {
        if (steps < 0 || stepsPerTransaction < 1 || capacity < 1 || gatherTime.isNegative()) {
            throw new IllegalArgumentException("steps " + steps + ", steps per transaction " + stepsPerTransaction
                    + ", gather time " + gatherTime + ", capacity " + capacity);
        }
    }

    /** From the plan to minibatches. */
    public static PipelineSettings perturb(StreamTopics topics, String replica, long steps, RecordLimits limits) {
        return of("perturb", topics, replica, topics.plan(), topics.minibatches(), steps, limits);
    }

    /** From minibatches to logits. */
    public static PipelineSettings teach(StreamTopics topics, String replica, long steps, RecordLimits limits) {
        return of("teacher", topics, replica, topics.minibatches(), topics.logits(), steps, limits);
    }

    private static PipelineSettings of(
            String service,
            StreamTopics topics,
            String replica,
            String input,
            String output,
            long steps,
            RecordLimits limits) {
        return new PipelineSettings(
                service, topics, replica, input, output, steps, limits, 4, Duration.ofMillis(200), 2);
    }

    String group() {
        return topics.group(service);
    }

    String transactionalId() {
        return topics.transactionalId(service, replica);
    }
}
