package dev.polyphony.streaming.reader;

import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.meters.StreamMeter;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.UnreadableRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads minibatches and their teachers' logits, joined, strictly in step order, from a given position. Assigns itself
 * all partitions and commits nothing: where it stands is what its reader's checkpoint says.
 *
 * <p>A thread of its own fetches and decodes ahead, at most {@code capacity} steps per partition and topic.
 */
public final class OrderedStreamReader implements AutoCloseable {

    private static final Duration FETCH = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicLane<Minibatch> minibatches;
    private final TopicLane<TeacherLogits> logits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Thread fetcher;
    private final Timer wait;
    private final Counter steps;
    private final AtomicReference<Double> nextStep;
    private final AtomicReference<Double> buffered;
    private final AtomicReference<Double> lag;
    private final Counter received;
    private final Timer decode;
    private final Counter duplicates;
    private @Nullable RuntimeException failure;
    private double secondsWaiting;
    private volatile boolean closing;
    private volatile boolean atEnd;
    private volatile double fetchedWritten = Double.NaN;

    /**
     * Opens the stream and begins to fetch.
     *
     * @param ensembleId whose logits are expected
     * @param from where to begin
     * @param capacity whole steps held per partition and topic
     * @param unreadable where records go that cannot be read
     * @throws dev.polyphony.streaming.LostRecordsException if the topics no longer hold what the position needs
     */
    public OrderedStreamReader(
            KafkaClients clients,
            StreamTopics topics,
            RecordLimits limits,
            String ensembleId,
            StreamPosition from,
            int capacity,
            UnreadableRecords unreadable,
            MeterRegistry registry) {
        String streamId = topics.streamId();
        LateRecords late = new LateRecords(clients, limits);
        Counter deadLetters = StreamMeter.DEAD_LETTERS.counter(registry);
        UnreadableRecords counted = (record, reason) -> {
            deadLetters.increment();
            unreadable.put(record, reason);
        };
        minibatches = new TopicLane<>(
                topics.minibatches(),
                RecordType.MINIBATCHES,
                record -> record.requireStream(streamId),
                from.minibatches(),
                from.nextStep(),
                capacity,
                late,
                counted);
        logits = new TopicLane<>(
                topics.logits(),
                RecordType.LOGITS,
                record -> requireEnsemble(record.requireStream(streamId), ensembleId),
                from.logits(),
                from.nextStep(),
                capacity,
                late,
                counted);
        wait = StreamMeter.STEP_TIME.timer(registry, StreamMeter.WAIT);
        steps = StreamMeter.STEPS.counter(registry);
        nextStep = StreamMeter.NEXT_STEP.gauge(registry);
        buffered = StreamMeter.BUFFERED.gauge(registry);
        lag = StreamMeter.LAG.gauge(registry);
        StreamMeter.RECORD_AGE.gauge(registry, () -> (System.currentTimeMillis() - fetchedWritten) * 1e-3);
        received = StreamMeter.RECEIVED.counter(registry);
        decode = StreamMeter.STEP_TIME.timer(registry, StreamMeter.DECODE);
        duplicates = StreamMeter.DUPLICATES.counter(registry);
        consumer = open(clients, limits, streamId);
        fetcher = new Thread(this::fetch, "stream-reader");
        fetcher.setDaemon(true);
        fetcher.start();
    }

    private static TeacherLogits requireEnsemble(TeacherLogits record, String ensembleId) {
        if (!record.ensembleId().equals(ensembleId)) {
            throw new UnreadableRecordException(
                    "logits of ensemble " + record.ensembleId() + " where ensemble " + ensembleId + " was expected");
        }
        return record;
    }

    private Consumer<byte[], byte[]> open(KafkaClients clients, RecordLimits limits, String streamId) {
        Consumer<byte[], byte[]> opened = clients.consumer("polyphony." + streamId + ".reader", limits, Map.of());
        try {
            List<TopicPartition> all = new ArrayList<>(minibatches.partitions());
            all.addAll(logits.partitions());
            opened.assign(all);
            minibatches.seek(opened);
            logits.seek(opened);
            return opened;
        } catch (RuntimeException refused) {
            opened.close(CloseOptions.timeout(CLOSE));
            throw refused;
        }
    }

    private void fetch() {
        try {
            while (!closing) {
                accept(poll());
                List<OptionalLong> lags =
                        consumer.assignment().stream().map(consumer::currentLag).toList();
                atEnd = lags.stream().allMatch(left -> left.orElse(1) == 0);
                lag.set((double) lags.stream().mapToLong(left -> left.orElse(0)).sum());
                hold();
            }
        } catch (RuntimeException failed) {
            lock.lock();
            try {
                failure = failed;
                arrived.signalAll();
            } finally {
                lock.unlock();
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(FETCH);
        } catch (WakeupException room) {
            return ConsumerRecords.empty();
        }
    }

    private void accept(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            received.increment(Math.max(0, record.serializedValueSize()));
            fetchedWritten = record.timestamp();
            long began = System.nanoTime();
            (minibatches.holds(record) ? minibatches : logits).add(record, lock);
            decode.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
        lock.lock();
        try {
            if (isReady()) {
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void hold() {
        List<TopicPartition> open = new ArrayList<>();
        List<TopicPartition> full = new ArrayList<>();
        lock.lock();
        try {
            minibatches.sort(open, full);
            logits.sort(open, full);
        } finally {
            lock.unlock();
        }
        consumer.pause(full);
        consumer.resume(open);
    }

    private boolean isReady() {
        return minibatches.order.isReady() && logits.order.isReady();
    }

    /**
     * The next step, or null if it has not come within the timeout.
     *
     * @throws dev.polyphony.streaming.MissingStepException if a step is missing for good
     */
    public @Nullable Taught poll(Duration timeout) throws InterruptedException {
        long began = System.nanoTime();
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!isReady() && failure == null && left > 0) {
                left = arrived.awaitNanos(left);
            }
            // What came before a failure is still good.
            if (!isReady() && failure != null) {
                throw failure;
            }
            return isReady() ? take() : null;
        } finally {
            long waited = System.nanoTime() - began;
            secondsWaiting += waited * 1e-9;
            lock.unlock();
            wait.record(waited, TimeUnit.NANOSECONDS);
        }
    }

    /** Whether all that was committed when it was last looked for has been fetched. */
    public boolean isAtEnd() {
        return atEnd;
    }

    /** What the next step still lacks, for people: {@code step 12 lacks its logits}. */
    public String missing() {
        lock.lock();
        try {
            String lacks = minibatches.order.isReady()
                    ? logits.order.isReady() ? "nothing" : "its logits"
                    : logits.order.isReady() ? "its minibatch" : "its minibatch and logits";
            return "step " + minibatches.order.nextStep() + " lacks " + lacks;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Taught take() {
        boolean wasFull = isAnyFull();
        double dropped = minibatches.order.duplicates() + logits.order.duplicates() - duplicates.count();
        duplicates.increment(Math.max(0, dropped));
        Received<Minibatch> minibatch = minibatches.order.take();
        Received<TeacherLogits> taught = logits.order.take();
        steps.increment();
        nextStep.set((double) minibatches.order.nextStep());
        buffered.set((double) Math.min(minibatches.order.held(), logits.order.held()));
        if (wasFull) {
            consumer.wakeup();
        }
        return minibatch == null || taught == null
                ? null
                : new Taught(minibatch.record(), taught.record(), Received.hashes(minibatch, taught));
    }

    private boolean isAnyFull() {
        int partition = StreamTopics.partitionOf(
                minibatches.order.nextStep(), minibatches.partitions().size());
        return minibatches.order.isFull(partition) || logits.order.isFull(partition);
    }

    /** Where the reader stands: after the step that was handed out last. What a checkpoint holds. */
    public StreamPosition position() {
        lock.lock();
        try {
            return new StreamPosition(
                    minibatches.order.nextStep(), minibatches.order.offsets(), logits.order.offsets());
        } finally {
            lock.unlock();
        }
    }

    /** Seconds that callers of {@link #poll} have spent in it. */
    public double secondsWaiting() {
        lock.lock();
        try {
            return secondsWaiting;
        } finally {
            lock.unlock();
        }
    }

    /** Records dropped because their step had been seen. */
    public long duplicates() {
        lock.lock();
        try {
            return minibatches.order.duplicates() + logits.order.duplicates();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            fetcher.join(CLOSE.toMillis() * 2);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
