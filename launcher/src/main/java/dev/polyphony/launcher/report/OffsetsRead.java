package dev.polyphony.launcher.report;

import dev.polyphony.streaming.StreamTopics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Which records of a stream a student has learnt from: a student reads every partition from its beginning, in step order.
 *
 * @param topics by topic, a text such as {@code partition 0: offsets 0..52} for each partition; offsets include the
 *     markers of transactions
 */
public record OffsetsRead(Map<String, List<String>> topics) {

    /**
     * Of a stream, up to these offsets.
     *
     * @param next by {@code minibatches-P} and {@code logits-P}, the first offset of partition P that was not read
     */
    static OffsetsRead of(String streamId, SortedMap<String, Long> next) {
        StreamTopics stream = new StreamTopics(streamId);
        Map<String, List<String>> topics = new LinkedHashMap<>();
        topics.put(stream.minibatches(), ranges("minibatches-", next));
        topics.put(stream.logits(), ranges("logits-", next));
        return new OffsetsRead(topics);
    }

    private static List<String> ranges(String prefix, SortedMap<String, Long> next) {
        List<String> ranges = new ArrayList<>();
        next.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> Integer.valueOf(name.substring(prefix.length())))
                .sorted(Comparator.naturalOrder())
                .forEach(partition -> {
                    long offset = next.getOrDefault(prefix + partition, 0L);
                    ranges.add(
                            "partition " + partition + ": " + (offset == 0 ? "nothing" : "offsets 0.." + (offset - 1)));
                });
        return ranges;
    }
}
