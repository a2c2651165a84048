package dev.polyphony.launcher.place;

import dev.polyphony.launcher.WorkDirectory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks after the recording of a stream that another launcher does, for a student that learns from it meanwhile. */
public final class RecordingWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 1000;

    private final WorkDirectory work;
    private final String streamId;
    private final BooleanSupplier complete;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "recording watch");
        watch.setDaemon(true);
        return watch;
    });

    /**
     * Begins to look.
     *
     * @param complete whether all steps of the stream are recorded; asked when nobody records it any more
     */
    public RecordingWatch(WorkDirectory work, String streamId, BooleanSupplier complete) {
        this.work = work;
        this.streamId = streamId;
        this.complete = complete;
        var unused = thread.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Completes when the stream is recorded; with a failure if its recording ended before. */
    public CompletableFuture<?> end() {
        return end;
    }

    private void look() {
        try {
            if (!Claim.STREAM.isFree(work, streamId)) {
                return;
            }
            if (complete.getAsBoolean()) {
                end.complete(null);
            } else {
                end.completeExceptionally(new RecordingEndedException(streamId));
            }
        } catch (RuntimeException failure) {
            end.completeExceptionally(failure);
        }
        thread.shutdown();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Nobody records the rest of a stream that is not complete. */
    public static final class RecordingEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private RecordingEndedException(String streamId) {
            super("the run that recorded stream " + streamId + " has ended before the stream was complete; 'polyphony"
                    + " run' with this recipe goes on where this stops, and records the rest");
        }
    }
}
