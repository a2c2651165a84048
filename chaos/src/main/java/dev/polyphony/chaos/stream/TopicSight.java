package dev.polyphony.chaos.stream;

import dev.polyphony.streaming.StreamTopics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one topic of the stream. What the suite itself has appended, marked by a header, counts apart. Any
 * thread may ask.
 */
public final class TopicSight {

    /** Header of records that the suite appends. */
    public static final String FOREIGN = "polyphony.chaos";

    private final String topic;
    private final long[] highest;
    private final Map<Integer, Sighting> latest = new HashMap<>();
    private final Map<Long, Long> offsets = new HashMap<>();
    private final Map<Long, Integer> own = new HashMap<>();
    private final Map<Long, Integer> foreign = new HashMap<>();

    TopicSight(String topic, int partitions) {
        this.topic = topic;
        this.highest = new long[partitions];
        Arrays.fill(highest, -1);
    }

    /** Its name. */
    public String topic() {
        return topic;
    }

    synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(FOREIGN) != null) {
            if (record.key() != null) {
                foreign.merge(StreamTopics.step(record.key()), 1, Integer::sum);
            }
            return;
        }
        long step = StreamTopics.step(record.key());
        own.merge(step, 1, Integer::sum);
        offsets.putIfAbsent(step, record.offset());
        if (step > highest[record.partition()]) {
            highest[record.partition()] = step;
            latest.put(record.partition(), new Sighting(record, step));
        }
    }

    /** Per partition the highest step committed, -1 for none. */
    public synchronized long[] highest() {
        return highest.clone();
    }

    /** The smallest step that is not committed. */
    public synchronized long next() {
        long next = Long.MAX_VALUE;
        for (int partition = 0; partition < highest.length; partition++) {
            next = Math.min(next, highest[partition] < 0 ? partition : highest[partition] + highest.length);
        }
        return next;
    }

    /** The record of a partition's highest step, or null before the first. */
    public synchronized @Nullable Sighting latest(int partition) {
        return latest.get(partition);
    }

    /** Where a step's first record lies in its partition; -1 if it has none. */
    public synchronized long offset(long step) {
        return offsets.getOrDefault(step, -1L);
    }

    /** How many records of a step the services have committed. */
    public synchronized int committed(long step) {
        return own.getOrDefault(step, 0);
    }

    /** How many records with a step's key the suite has appended. */
    public synchronized int foreign(long step) {
        return foreign.getOrDefault(step, 0);
    }

    /** Whether each partition has come further than here. */
    synchronized boolean isBeyond(long[] before) {
        for (int partition = 0; partition < highest.length; partition++) {
            if (highest[partition] <= before[partition]) {
                return false;
            }
        }
        return true;
    }
}
