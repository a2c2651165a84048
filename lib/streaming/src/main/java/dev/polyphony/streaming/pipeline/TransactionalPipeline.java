package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.Backlog;
import dev.polyphony.streaming.Backlog.Uncommitted;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.MissingStepException;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.letters.DeadLetter;
import dev.polyphony.streaming.pipeline.InputBuffer.Head;
import dev.polyphony.streaming.pipeline.PartitionBuffer.Kind;
import dev.polyphony.streaming.pipeline.PartitionBuffer.Unit;
import dev.polyphony.wire.StepRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of perturb- and teacher-service: takes steps from one topic, hands them to the stage, and writes the results
 * to another together with the offsets they came from, in one transaction. Whatever happens to a replica, each step is
 * in the output exactly once.
 *
 * <p>The stage runs before the transaction begins, so no transaction is ever open while something is computed or waited
 * for. A record that cannot be read goes to the dead-letter topic in the same transaction, and the loop goes on.
 *
 * @param <I> input
 * @param <O> output
 */
public final class TransactionalPipeline<I extends StepRecord, O extends StepRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalPipeline.class);
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    private static final int LONGEST_STEP_MILLIS = (int) Duration.ofHours(24).toMillis();
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final long FIRST_LOOK_NANOS = 300_000_000L;
    private static final long LONGEST_LOOK_NANOS = 5_000_000_000L;
    // For what a replica cannot tell by itself, such as a hole that its predecessor found.
    private static final long RARE_LOOK_NANOS = 30_000_000_000L;

    private final KafkaClients clients;
    private final PipelineSettings settings;
    private final RecordType<I> inputs;
    private final RecordType<O> outputs;
    private final Stage<I, O> stage;
    private final StepGate gate;
    private final PipelineMeters meters;
    private final LongConsumer processed;
    private volatile boolean stopping;
    private volatile boolean assigned;
    private long lookDelay = FIRST_LOOK_NANOS;
    private long lastLook = System.nanoTime();

    /**
     * A pipeline; {@link #run} makes it work.
     *
     * @param processed told the number of each step after it was committed; also called with -1 whenever the loop turns
     *     without work, so that a watcher sees it live
     */
    public TransactionalPipeline(
            KafkaClients clients,
            PipelineSettings settings,
            RecordType<I> inputs,
            RecordType<O> outputs,
            Stage<I, O> stage,
            StepGate gate,
            MeterRegistry registry,
            LongConsumer processed) {
        this.clients = clients;
        this.settings = settings;
        this.inputs = inputs;
        this.outputs = outputs;
        this.stage = stage;
        this.gate = gate;
        this.meters = new PipelineMeters(registry);
        this.processed = processed;
    }

    /**
     * Works until all steps of the stream are in the output topic, or {@link #stop} was called.
     *
     * @throws KafkaException if another process took this replica's place, or the broker refuses
     * @throws dev.polyphony.streaming.LostRecordsException if records are gone that were still needed
     */
    public void run() {
        String id = settings.transactionalId();
        try (Producer<byte[], byte[]> producer = clients.producer(id, settings.limits(), id)) {
            // First of all: aborts what a killed predecessor left open, so that its input is not held back.
            producer.initTransactions();
            try (Closing consumer = new Closing(clients.consumer(id, settings.limits(), membership()))) {
                loop(consumer.consumer, producer);
            }
        } catch (KafkaException failure) {
            // What a rebalance callback throws comes wrapped.
            if (failure.getCause() instanceof dev.polyphony.streaming.LostRecordsException lost) {
                throw lost;
            }
            throw failure;
        }
    }

    /** Asks {@link #run} to return after the step in hand. May be called from any thread. */
    public void stop() {
        stopping = true;
    }

    /** Whether the replica has its place in the group. */
    public boolean isAssigned() {
        return assigned;
    }

    private Map<String, Object> membership() {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.group(),
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "classic",
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                settings.replica(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                SESSION_TIMEOUT_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                SESSION_TIMEOUT_MILLIS / 5,
                // A replica that died is found by its session, one that hangs by its liveness probe. A step may take
                // as long as it takes.
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                LONGEST_STEP_MILLIS);
    }

    private void loop(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
        InputBuffer<I> input = new InputBuffer<>(
                consumer, inputs, settings.topics().streamId(), settings.capacity(), this::output, meters);
        OutputTransactions transactions = new OutputTransactions(producer);
        int partitions = producer.partitionsFor(settings.outputTopic()).size();
        consumer.subscribe(List.of(settings.inputTopic()), input);
        boolean idle = true;
        while (!stopping) {
            long began = System.nanoTime();
            input.poll(idle ? IDLE : Duration.ZERO);
            assigned = !consumer.assignment().isEmpty();
            Batch batch = gather(input, partitions);
            idle = batch.isEmpty();
            if (idle) {
                meters.wait.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                processed.accept(-1);
                if (isComplete(input, partitions)) {
                    return;
                }
            } else {
                commit(batch, input, transactions, consumer);
            }
        }
    }

    /** Processes steps that are there and may be, up to what goes into one transaction. */
    private Batch gather(InputBuffer<I> input, int partitions) {
        Batch batch = new Batch();
        long deadline = System.nanoTime() + settings.gatherTime().toNanos();
        while (!stopping && batch.steps.size() < settings.stepsPerTransaction()) {
            Head<I> head = input.smallest();
            if (head == null || !mayProcess(head)) {
                break;
            }
            process(head, batch, partitions);
            input.remove(head);
            if (System.nanoTime() > deadline) {
                break;
            }
        }
        return batch;
    }

    private boolean mayProcess(Head<I> head) {
        boolean may =
                head.unit().kind() != Kind.STEP || gate.mayProcess(head.unit().number());
        meters.gated.set(may ? 0.0 : 1.0);
        return may;
    }

    private void process(Head<I> head, Batch batch, int partitions) {
        Unit<I> unit = head.unit();
        @Nullable I step = unit.step();
        if (step != null) {
            process(step, batch, partitions);
        } else if (unit.kind() == Kind.DEAD_LETTER) {
            for (ConsumerRecord<byte[], byte[]> record : unit.records()) {
                LOG.warn("{} at offset {} cannot be read: {}", head.partition(), record.offset(), unit.reason());
                batch.records.add(DeadLetter.of(record, unit.reason(), settings.limits()));
            }
            batch.deadLetters += unit.records().size();
        } else {
            batch.duplicates += unit.records().size();
        }
        batch.offsets.put(head.partition(), new OffsetAndMetadata(unit.nextOffset()));
    }

    private void process(I step, Batch batch, int partitions) {
        long began = System.nanoTime();
        O output = stage.apply(step);
        long computed = System.nanoTime();
        meters.compute.record(computed - began, TimeUnit.NANOSECONDS);
        for (O part : outputs.split().apply(output, settings.limits().recordBytes())) {
            byte[] value = part.encode();
            batch.bytes += value.length;
            batch.records.add(new ProducerRecord<>(
                    settings.outputTopic(),
                    StreamTopics.partitionOf(step.step(), partitions),
                    StreamTopics.key(step.step()),
                    value));
        }
        batch.steps.add(step.step());
        meters.encode.record(System.nanoTime() - computed, TimeUnit.NANOSECONDS);
    }

    private void commit(
            Batch batch, InputBuffer<I> input, OutputTransactions transactions, Consumer<byte[], byte[]> consumer) {
        long began = System.nanoTime();
        if (!transactions.write(batch.records, batch.offsets, consumer.groupMetadata())) {
            meters.aborts.increment();
            input.rewind();
            return;
        }
        meters.send.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        meters.sent.increment((double) batch.bytes);
        meters.transactions.increment();
        meters.steps.increment(batch.steps.size());
        meters.deadLetters.increment(batch.deadLetters);
        meters.duplicates.increment(batch.duplicates);
        meters.lag.set((double) input.lag());
        lookDelay = FIRST_LOOK_NANOS;
        lastLook = System.nanoTime();
        for (long step : batch.steps) {
            meters.nextStep.set(step + 1.0);
            processed.accept(step);
        }
    }

    /**
     * Looks at the output topic, ever more rarely while there is nothing to do, and hardly ever while steps are to come:
     * each look costs clients and reads records, in the thread that should be working.
     */
    private boolean isComplete(InputBuffer<I> input, int partitions) {
        long now = System.nanoTime();
        long delay = input.mayBeOver(settings.steps(), partitions) ? lookDelay : RARE_LOOK_NANOS;
        if (now - lastLook < delay || input.smallest() != null || input.lag() > 0) {
            return false;
        }
        lastLook = now;
        lookDelay = Math.min(LONGEST_LOOK_NANOS, 2 * lookDelay);
        // What was made up for dead letters comes after the end.
        return output().complete(settings.steps()) ? !hasBacklog(Uncommitted.NONE) : isExhausted();
    }

    private StreamProgress output() {
        return StreamProgress.of(clients, settings.outputTopic(), settings.limits());
    }

    private boolean hasBacklog(Uncommitted uncommitted) {
        return Backlog.exists(clients, settings.group(), settings.inputTopic(), settings.limits(), uncommitted);
    }

    /**
     * Whether all is done after all. If all input came, all of it is processed, and steps are missing all the same,
     * they cannot come.
     *
     * @throws MissingStepException that says so
     */
    private boolean isExhausted() {
        boolean more = !StreamProgress.of(clients, settings.inputTopic(), settings.limits())
                        .complete(settings.steps())
                || hasBacklog(Uncommitted.ALL);
        if (more) {
            return false;
        }
        StreamProgress output = output();
        if (!output.complete(settings.steps())) {
            throw MissingStepException.of(settings.outputTopic(), output.nextStep());
        }
        return true;
    }

    private static final class Batch {
        final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        final List<Long> steps = new ArrayList<>();
        long bytes;
        int deadLetters;
        int duplicates;

        boolean isEmpty() {
            return offsets.isEmpty();
        }
    }

    /** Leaves the group when closed: the others take over at once, not after the session timeout. */
    private record Closing(Consumer<byte[], byte[]> consumer) implements AutoCloseable {
        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(CLOSE)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
    }
}
