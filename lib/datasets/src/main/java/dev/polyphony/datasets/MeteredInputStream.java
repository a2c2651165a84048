package dev.polyphony.datasets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets through as many bytes as are allowed for the next part. Readers of archives keep names and attributes of any
 * length in memory, and a few compressed bytes can inflate to any number.
 */
final class MeteredInputStream extends FilterInputStream {

    private long allowed;

    MeteredInputStream(InputStream in) {
        super(in);
    }

    /** Allows so many bytes from here on; what was left is forgotten. */
    void allow(long bytes) {
        allowed = bytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) throws IOException {
        allowed -= bytes;
        if (allowed < 0) {
            throw new IOException("an entry goes on longer than it says, or its description does");
        }
    }
}
