package dev.polyphony.launcher.archive;

import dev.polyphony.datasets.DownloadProgress;
import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.TopicAdmin;
import dev.polyphony.launcher.recorded.TopicSizes;
import dev.polyphony.launcher.text.Bytes;
import dev.polyphony.models.format.AtomicFile;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.StreamTopics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Writes a complete stream into a directory, which appears whole or not at all. */
final class StreamArchiver {

    private static final int BUFFER_BYTES = 1 << 20;

    private final KafkaClients clients;
    private final StreamParts parts;
    private final StreamTopics stream;
    private final DownloadProgress progress;

    /** Of the stream that these parts determine. */
    StreamArchiver(KafkaClients clients, StreamParts parts, DownloadProgress progress) {
        this.clients = clients;
        this.parts = parts;
        this.stream = new StreamTopics(parts.streamId());
        this.progress = progress;
    }

    /**
     * Writes the archive.
     *
     * @param target must not exist, or be empty
     * @throws LauncherMistake if the stream is not complete, or there is no room
     */
    Manifest write(Path target) {
        requireEmpty(target);
        long steps = requireComplete();
        Path parent = Objects.requireNonNull(target.getParent(), "the root of a file system is never empty");
        Path unfinished = parent.resolve("." + target.getFileName() + ".part");
        try (Admin admin = clients.admin()) {
            TopicSizes sizes = TopicSizes.read(admin);
            Files.createDirectories(parent);
            requireRoom(parent, sizes);
            // What a killed archiving left.
            new FileTree(unfinished).delete();
            Files.createDirectory(unfinished);
            int partitions = new TopicAdmin(admin).partitions(stream.plan());
            Manifest manifest = Manifest.of(parts, steps, partitions, files(unfinished, partitions, sizes));
            try (OutputStream out = open(unfinished.resolve(Manifest.NAME))) {
                out.write(manifest.toBytes());
            }
            AtomicFile.sync(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.sync(parent);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the archive " + target, e);
        }
    }

    private static void requireEmpty(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> content = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
            if (content.findAny().isPresent()) {
                throw new LauncherMistake(target + " exists and is not empty: --to takes a directory to make");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + target, e);
        }
    }

    private long requireComplete() {
        RecordedStream recorded = new RecordedStream(clients, stream.streamId());
        long steps = recorded.steps();
        long planned = recorded.planned();
        if (planned == 0) {
            throw new LauncherMistake("there is no stream " + stream.streamId() + " on this broker; 'polyphony streams'"
                    + " lists those that are");
        }
        if (steps < planned) {
            throw new LauncherMistake("stream " + stream.streamId() + " is not complete: " + steps + " of " + planned
                    + " steps are recorded; run its recipe to the end first");
        }
        return planned;
    }

    private void requireRoom(Path parent, TopicSizes sizes) throws IOException {
        long needed = stream.all().stream().mapToLong(sizes::of).sum();
        long free = Files.getFileStore(parent).getUsableSpace();
        if (free < needed) {
            throw new LauncherMistake("the archive takes about " + Bytes.text(needed) + ", but only " + Bytes.text(free)
                    + " are free at " + parent);
        }
    }

    private List<ArchivedFile> files(Path directory, int partitions, TopicSizes sizes) throws IOException {
        List<ArchivedFile> files = new ArrayList<>();
        try (PartitionReader reader = new PartitionReader(clients)) {
            for (String topic : Manifest.TOPICS) {
                for (int partition = 0; partition < partitions; partition++) {
                    files.add(file(directory, reader, topic, partition, sizes));
                }
            }
        }
        return files;
    }

    private ArchivedFile file(Path directory, PartitionReader reader, String topic, int partition, TopicSizes sizes)
            throws IOException {
        TopicPartition source = ArchivedFile.partition(stream, topic, partition);
        String name = ArchivedFile.name(topic, partition);
        long about = sizes.of(source);
        try (OutputStream out = open(directory.resolve(name))) {
            ArchivedFile file =
                    reader.write(source, topic, out, bytes -> progress.received(name, bytes, Math.max(about, bytes)));
            progress.received(name, file.bytes(), file.bytes());
            return file;
        }
    }

    /** A new file that is on the disk when it is closed. */
    private static OutputStream open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES) {
            @Override
            public void close() throws IOException {
                try (channel) {
                    flush();
                    channel.force(true);
                }
            }
        };
    }
}
