package dev.polyphony.launcher.streams;

import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.place.Claim;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.TopicAdmin;
import dev.polyphony.launcher.recorded.TopicSizes;
import dev.polyphony.launcher.streams.StreamEntry.State;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.StreamTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The streams of a broker, and those that a work directory knows of without one. */
final class StreamInventory {

    private final WorkDirectory work;
    private final StreamFiles files;
    private final List<Student> students;

    StreamInventory(WorkDirectory work) {
        this.work = work;
        this.files = new StreamFiles(new DirectoryModelStore(work.store()));
        this.students = Student.all(work);
    }

    /**
     * All streams, by identity.
     *
     * @param cluster that has them; null if there is none
     */
    List<StreamEntry> read(@Nullable Cluster cluster) {
        if (cluster == null) {
            return list(Set.of(), new TopicSizes(Map.of()), null);
        }
        KafkaClients clients = cluster.clients();
        try (Admin admin = clients.admin()) {
            return list(new TopicAdmin(admin).names(), TopicSizes.read(admin), clients);
        }
    }

    private List<StreamEntry> list(Set<String> topics, TopicSizes sizes, @Nullable KafkaClients clients) {
        TreeSet<String> identities = new TreeSet<>(files.identities());
        topics.forEach(topic -> StreamTopics.streamOf(topic).ifPresent(identities::add));
        List<StreamEntry> entries = new ArrayList<>();
        for (String streamId : identities) {
            StreamTopics stream = new StreamTopics(streamId);
            RecordedStream recorded =
                    clients == null || !topics.contains(stream.plan()) ? null : new RecordedStream(clients, streamId);
            long steps = recorded == null ? 0 : recorded.steps();
            long planned = recorded == null ? 0 : recorded.planned();
            entries.add(new StreamEntry(
                    streamId,
                    topics.contains(stream.restoring())
                            ? State.RESTORING
                            : state(streamId, recorded != null, steps, planned),
                    steps,
                    planned,
                    stream.all().stream().mapToLong(sizes::of).sum(),
                    files.find(streamId).orElse(null),
                    students.stream()
                            .filter(student -> student.streamId().equals(streamId))
                            .toList()));
        }
        return entries;
    }

    private State state(String streamId, boolean there, long steps, long planned) {
        if (!there) {
            return State.ABSENT;
        }
        if (planned > 0 && steps >= planned) {
            return State.COMPLETE;
        }
        return Claim.STREAM.isFree(work, streamId) ? State.INCOMPLETE : State.RECORDING;
    }
}
