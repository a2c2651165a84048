package dev.polyphony.launcher.report;

import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.recorded.RecordedStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Samples of an experiment's stream: from the broker while it runs, and from a file that is kept of them afterwards. */
public final class SampleSource {

    private static final JsonMapper JSON = new JsonMapper();

    private final String streamId;
    private final long stepsPerEpoch;
    private final Path kept;

    private SampleSource(String streamId, long stepsPerEpoch, Path kept) {
        this.streamId = streamId;
        this.stepsPerEpoch = stepsPerEpoch;
        this.kept = kept;
    }

    /**
     * The samples that the report of a run shows. Reads nothing yet.
     *
     * @param stepsPerEpoch at most one epoch is read
     */
    public static SampleSource of(WorkDirectory work, String runId, String streamId, long stepsPerEpoch) {
        return new SampleSource(
                streamId, stepsPerEpoch, Report.directory(work, runId).resolve("stream-samples.json"));
    }

    /**
     * The samples, if they can be had.
     *
     * @param cluster where the stream can be read; null if no broker is running
     */
    public Optional<StreamSamples> read(@Nullable Cluster cluster) {
        if (cluster == null) {
            return readKept();
        }
        RecordedStream stream = new RecordedStream(cluster.clients(), streamId);
        long recorded = stream.steps();
        if (recorded == 0) {
            return readKept();
        }
        StreamSamples samples = StreamSamples.read(stream, recorded, stepsPerEpoch);
        keep(samples);
        return Optional.of(samples);
    }

    private Optional<StreamSamples> readKept() {
        try {
            return Files.exists(kept)
                    ? Optional.of(JsonDocument.parse(kept, Files.readString(kept), StreamSamples.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + kept, e);
        }
    }

    /** Keeps samples for a report that is written when no broker is running. */
    void keep(StreamSamples samples) {
        try {
            Files.createDirectories(kept.getParent());
            Files.writeString(kept, JSON.writeValueAsString(samples));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + kept, e);
        }
    }
}
