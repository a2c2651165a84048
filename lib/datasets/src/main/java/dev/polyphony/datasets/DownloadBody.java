package dev.polyphony.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends, part by part, on the thread that asks for it. The HTTP client's own time limit ends with the
 * answer's first line; this one holds for every part.
 */
final class DownloadBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

    /** No buffers at the end. */
    private record Part(List<ByteBuffer> buffers, @Nullable Throwable failure) {}

    private final Duration patience;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    /** @param patience how long nothing may come */
    DownloadBody(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits for the next bytes.
     *
     * @return none at the end
     * @throws IOException if the connection fails, or nothing comes for too long
     */
    List<ByteBuffer> next() throws IOException, InterruptedException {
        Part part = parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (part == null) {
            throw new IOException("nothing more came for " + patience.toMillis() / 1000.0 + " seconds");
        }
        if (part.failure() != null) {
            throw new IOException(
                    Objects.toString(part.failure().getMessage(), "the connection failed"), part.failure());
        }
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(1);
        }
        return part.buffers();
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part(buffers, null));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part(List.of(), failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(List.of(), null));
    }

    /** Gives the connection up. */
    @Override
    public void close() {
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
    }
}
