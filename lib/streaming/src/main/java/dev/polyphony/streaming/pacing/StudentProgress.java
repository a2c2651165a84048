package dev.polyphony.streaming.pacing;

import dev.polyphony.streaming.Answer;
import dev.polyphony.streaming.StreamTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the students of a stream have come, by what they reported.
 *
 * @param students by run
 */
public record StudentProgress(Map<String, Student> students) {

    /** A student counts as gone when it has said nothing for this long, by the clocks of both machines. */
    public static final Duration GONE_AFTER = Duration.ofSeconds(30);

    /**
     * One student.
     *
     * @param nextStep steps it has applied
     * @param active whether it learns now
     */
    public record Student(long nextStep, boolean active) {}

    public StudentProgress {
        students = Map.copyOf(students);
    }

    /** The step from which a lead is counted: that of the slowest active student, else the furthest known, else 0. */
    public long base() {
        return students.values().stream()
                .filter(Student::active)
                .mapToLong(Student::nextStep)
                .min()
                .orElseGet(() -> students.values().stream()
                        .mapToLong(Student::nextStep)
                        .max()
                        .orElse(0));
    }

    /** Reads what the students of a stream reported. */
    public static StudentProgress read(Admin admin, StreamTopics topics, Instant now) {
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
        for (GroupListing group : Answer.of(admin.listGroups().all())) {
            if (group.groupId().startsWith(topics.studentGroupPrefix())) {
                wanted.put(
                        group.groupId(),
                        new ListConsumerGroupOffsetsSpec()
                                .topicPartitions(List.of(new TopicPartition(topics.minibatches(), 0))));
            }
        }
        if (wanted.isEmpty()) {
            return new StudentProgress(Map.of());
        }
        Map<String, Student> students = new HashMap<>();
        Answer.of(admin.listConsumerGroupOffsets(wanted).all())
                .forEach((group, partitions) -> partitions.values().forEach(offset -> {
                    StudentReport report = offset == null ? null : StudentReport.parse(offset.metadata());
                    if (report != null) {
                        students.put(group.substring(topics.studentGroupPrefix().length()), student(report, now));
                    }
                }));
        return new StudentProgress(students);
    }

    private static Student student(StudentReport report, Instant now) {
        boolean heard = now.toEpochMilli() - report.atMillis() <= GONE_AFTER.toMillis();
        return new Student(report.nextStep(), report.active() && heard);
    }
}
