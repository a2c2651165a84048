package dev.polyphony.launcher.delete;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.recorded.TopicAdmin;
import dev.polyphony.launcher.recorded.TopicSizes;
import dev.polyphony.launcher.streams.Student;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import dev.polyphony.streaming.Answer;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.pacing.StudentProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** A stream's topics, its dead letters and its consumer groups, and what the store knows of it. */
final class StreamDeletion implements Deletion {

    private final WorkDirectory work;
    private final Admin admin;
    private final StreamTopics stream;

    /** @param admin used, not closed */
    StreamDeletion(WorkDirectory work, Admin admin, String streamId) {
        this.work = work;
        this.admin = admin;
        this.stream = new StreamTopics(streamId);
    }

    @Override
    public String name() {
        return "stream " + stream.streamId();
    }

    @Override
    public long bytes() {
        TopicSizes sizes = TopicSizes.read(admin);
        return topics().stream().mapToLong(sizes::of).sum();
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>(stream.all());
        stream.all().forEach(topic -> topics.add(StreamTopics.deadLetter(topic)));
        // Last: as long as it stands, nobody takes what is left for a stream.
        topics.add(stream.restoring());
        return topics;
    }

    @Override
    public List<String> dependents() {
        return Student.all(work).stream()
                .filter(student -> student.streamId().equals(stream.streamId()))
                .map(student ->
                        "run " + student.runId() + " (" + student.state().words() + "): "
                                + (student.state() == Student.State.FINISHED
                                        ? "it stays, but cannot be trained again from the same records"
                                        : "it cannot go on without this stream"))
                .toList();
    }

    /**
     * Deletes it.
     *
     * @throws LauncherMistake if something records it, or learns from it
     */
    @Override
    public void execute() {
        requireUnused();
        TopicAdmin topics = new TopicAdmin(admin);
        topics().forEach(topic -> topics.delete(List.of(topic)));
        deleteGroups();
        new StreamFiles(new DirectoryModelStore(work.store())).delete(stream.streamId());
    }

    private void requireUnused() {
        StudentProgress progress = StudentProgress.read(admin, stream, Instant.now());
        progress.students().forEach((run, student) -> {
            if (student.active()) {
                throw new LauncherMistake("run " + run + " is learning from stream " + stream.streamId()
                        + ": stop it first (or wait " + StudentProgress.GONE_AFTER.toSeconds()
                        + " s if it was killed)");
            }
        });
    }

    private void deleteGroups() {
        List<String> groups = Answer.of(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(group -> group.startsWith(stream.group("")))
                .toList();
        try {
            Answer.of(admin.deleteConsumerGroups(groups).all());
        } catch (GroupNotEmptyException atWork) {
            throw new LauncherMistake("the topics of stream " + stream.streamId()
                    + " are deleted, but a service is still working on it: stop it, and give this command again");
        } catch (GroupIdNotFoundException gone) {
            // As wanted.
        }
    }
}
