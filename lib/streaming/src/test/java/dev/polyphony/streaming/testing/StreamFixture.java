package dev.polyphony.streaming.testing;

import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.PlanSubmission;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.streaming.pipeline.PipelineSettings;
import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.streaming.pipeline.StepGate;
import dev.polyphony.streaming.pipeline.TransactionalPipeline;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One stream of its own on a broker, with stages whose outputs can be told from the step. */
final class StreamFixture implements AutoCloseable {

    static final String ENSEMBLE = "fedcba987654";

    final KafkaClients clients;
    final StreamTopics topics;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RecordLimits limits;
    final StreamPlan plan;
    final int partitions;
    final Admin admin;
    private final List<Running> running = new ArrayList<>();

    StreamFixture(String bootstrapServers, int partitions, int steps, RecordLimits limits) {
        this(
                KafkaClients.of(bootstrapServers),
                new StreamTopics(UUID.randomUUID().toString().substring(0, 12)),
                partitions,
                steps,
                limits);
    }

    /** One side of a stream, as the user of these clients: like a service, it sees to it that the topics are there. */
    StreamFixture(KafkaClients clients, StreamTopics topics, int partitions, int steps, RecordLimits limits) {
        this.clients = clients;
        this.topics = topics;
        this.limits = limits;
        this.partitions = partitions;
        this.plan = new StreamPlan(steps * 2, 2, 1, 7);
        this.admin = clients.admin();
        new TopicSetup(partitions, (short) 1).ensure(admin, topics, limits);
    }

    boolean submit() {
        return new PlanSubmission(clients).submit(topics, plan);
    }

    Minibatch minibatch(PlanStep step) {
        int samples = step.sampleCount();
        int[] labels = new int[samples];
        Arrays.fill(labels, (int) step.step());
        return new Minibatch(
                topics.streamId(),
                step.step(),
                step.epoch(),
                0,
                1,
                Tensor.ofBytes(new byte[samples * 4], samples, 1, 2, 2),
                null,
                Tensor.ofInts(labels),
                Tensor.ofInts(labels),
                Minibatch.NONE,
                -1,
                plan.seed());
    }

    TeacherLogits logits(Minibatch minibatch) {
        int samples = minibatch.samples();
        float[] values = new float[samples * 2];
        Arrays.fill(values, (float) minibatch.step());
        return new TeacherLogits(
                topics.streamId(), minibatch.step(), 0, 1, ENSEMBLE, Tensor.ofFloats(values, 1, samples, 2));
    }

    TransactionalPipeline<PlanStep, Minibatch> perturb(
            String replica, Stage<PlanStep, Minibatch> stage, StepGate gate) {
        PipelineSettings settings = PipelineSettings.perturb(topics, replica, plan.steps(), limits);
        return new TransactionalPipeline<>(
                clients, settings, RecordType.PLAN, RecordType.MINIBATCHES, stage, gate, meters, step -> {});
    }

    TransactionalPipeline<Minibatch, TeacherLogits> teach(String replica) {
        PipelineSettings settings = PipelineSettings.teach(topics, replica, plan.steps(), limits);
        return new TransactionalPipeline<>(
                clients,
                settings,
                RecordType.MINIBATCHES,
                RecordType.LOGITS,
                this::logits,
                StepGate.OPEN,
                meters,
                step -> {});
    }

    Running start(TransactionalPipeline<?, ?> pipeline) {
        Running thread = new Running(pipeline);
        running.add(thread);
        thread.start();
        return thread;
    }

    /** The whole stream, recorded. */
    void record() throws InterruptedException {
        submit();
        Running perturb = start(perturb("0", this::minibatch, StepGate.OPEN));
        Running teach = start(teach("0"));
        perturb.end();
        teach.end();
    }

    private void putAside(ConsumerRecord<byte[], byte[]> record, String reason) {
        new DeadLetterTopic(clients, record.topic(), limits).put(record, reason);
    }

    OrderedStreamReader reader(StreamPosition from) {
        return new OrderedStreamReader(clients, topics, limits, ENSEMBLE, from, 4, this::putAside, meters);
    }

    /** Everything committed in a topic, in the order of partitions and offsets. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.scanner("test", limits)) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            for (TopicPartition partition : all) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                }
            }
        }
        return records;
    }

    List<Long> steps(String topic) {
        return committed(topic).stream()
                .map(record -> StreamTopics.step(record.key()))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        running.forEach(thread -> thread.pipeline.stop());
        try {
            for (Running thread : running) {
                thread.join(20_000);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        admin.close();
    }

    /** A pipeline in a thread. */
    static final class Running extends Thread {
        private final TransactionalPipeline<?, ?> pipeline;
        private volatile Throwable failure;

        Running(TransactionalPipeline<?, ?> pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public void run() {
            try {
                pipeline.run();
            } catch (RuntimeException | Error e) {
                failure = e;
                // Seen at once, not when somebody has waited in vain for what the pipeline should have done.
                System.err.println("a pipeline ended with " + e);
            }
        }

        Throwable failure() throws InterruptedException {
            join(180_000);
            return failure;
        }

        /** Waits until it has done all. */
        void end() throws InterruptedException {
            join(180_000);
            if (isAlive() || failure != null) {
                throw new AssertionError("the pipeline has not done its work", failure);
            }
        }

        void stopAndJoin() throws InterruptedException {
            pipeline.stop();
            end();
        }
    }
}
