package dev.polyphony.chaos.stream;

import dev.polyphony.streaming.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the stream's topics as they are committed, beside the network that is broken. */
public final class StreamWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final TopicSight plan;
    private final TopicSight minibatches;
    private final TopicSight logits;
    private final Consumer<byte[], byte[]> consumer;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile @Nullable KafkaException failure;

    private StreamWatch(SmallStream stream, Consumer<byte[], byte[]> consumer, int partitions) {
        this.plan = new TopicSight(stream.topics().plan(), partitions);
        this.minibatches = new TopicSight(stream.topics().minibatches(), partitions);
        this.logits = new TopicSight(stream.topics().logits(), partitions);
        this.consumer = consumer;
    }

    /** Begins to read; the topics must be there. */
    static StreamWatch of(SmallStream stream, String servers) {
        Consumer<byte[], byte[]> consumer = KafkaClients.of(servers).consumer("chaos-watch", stream.limits(), Map.of());
        List<TopicPartition> all = new ArrayList<>();
        int partitions = consumer.partitionsFor(stream.topics().plan()).size();
        for (String topic : stream.topics().all()) {
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        StreamWatch watch = new StreamWatch(stream, consumer, partitions);
        Thread thread = new Thread(watch::read, "stream watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void read() {
        try {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    sight(record.topic()).add(record);
                }
            }
        } catch (KafkaException gone) {
            failure = gone;
        } finally {
            consumer.close();
            ended.countDown();
        }
    }

    private TopicSight sight(String topic) {
        return topic.equals(plan.topic()) ? plan : topic.equals(logits.topic()) ? logits : minibatches;
    }

    /** The plan. */
    public TopicSight plan() {
        return plan;
    }

    /** What perturb-service has committed. */
    public TopicSight minibatches() {
        return minibatches;
    }

    /** What teacher-service has committed. */
    public TopicSight logits() {
        return logits;
    }

    /** What went wrong with reading, or null. */
    public @Nullable KafkaException failure() {
        return failure;
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (!ended.await(10, TimeUnit.SECONDS)) {
                throw new ChaosException("the watch of the stream does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
