package dev.polyphony.launcher.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition, in their order, as bytes; {@code docs/archive.md} has the diagram. Offsets are left out:
 * a partition that was restored has the same records at other offsets, and so the same bytes here.
 */
final class RecordFile {

    /** Version 1. */
    static final int VERSION = 1;

    private static final byte[] MAGIC = "POLYARCH".getBytes(StandardCharsets.US_ASCII);
    private static final int NULL = -1;

    /** No field of a record is longer: a file that says so is damaged. */
    private static final int LONGEST = 64 << 20;

    private static final int MOST_HEADERS = 1 << 16;

    private RecordFile() {}

    /**
     * A record, whole but for its offset.
     *
     * @param timestamp milliseconds since 1970, or -1
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

        Entry(long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
            this.timestamp = timestamp;
            this.key = key;
            this.value = value;
            this.headers = List.copyOf(headers);
        }
    }

    /** Writes a file. The caller closes the stream. */
    static final class Writer {

        private final DataOutputStream out;

        Writer(OutputStream out) throws IOException {
            this.out = new DataOutputStream(out);
            this.out.write(MAGIC);
            this.out.writeInt(VERSION);
        }

        void write(Entry entry) throws IOException {
            out.writeLong(entry.timestamp());
            bytes(entry.key());
            bytes(entry.value());
            out.writeInt(entry.headers().size());
            for (Header header : entry.headers()) {
                bytes(header.key().getBytes(StandardCharsets.UTF_8));
                bytes(header.value());
            }
        }

        private void bytes(byte @Nullable [] content) throws IOException {
            if (content == null) {
                out.writeInt(NULL);
            } else {
                out.writeInt(content.length);
                out.write(content);
            }
        }

        void flush() throws IOException {
            out.flush();
        }
    }

    /** Reads a file; takes memory only for bytes that are there. The caller closes the stream. */
    static final class Reader {

        private final DataInputStream in;
        private final String source;

        /** @throws DamagedArchiveException if it is no such file, or one of another version */
        Reader(InputStream in, String source) throws IOException {
            this.in = new DataInputStream(in);
            this.source = source;
            byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new DamagedArchiveException(source + " does not begin like a file of records");
            }
            try {
                int version = this.in.readInt();
                if (version != VERSION) {
                    throw new DamagedArchiveException(
                            source + " has version " + version + ", this program reads version " + VERSION);
                }
            } catch (EOFException cut) {
                throw cutOff();
            }
        }

        /**
         * The next record; null at the end.
         *
         * @throws DamagedArchiveException if the file is cut off or not of this form
         */
        @Nullable
        Entry read() throws IOException {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            try {
                long timestamp = (long) first << 56 | timestampTail();
                byte[] key = bytes();
                byte[] value = bytes();
                List<Header> headers = new ArrayList<>();
                int count = in.readInt();
                if (count < 0 || count > MOST_HEADERS) {
                    throw new DamagedArchiveException(source + " has a record with " + count + " headers");
                }
                for (int i = 0; i < count; i++) {
                    byte[] name = bytes();
                    if (name == null) {
                        throw new DamagedArchiveException(source + " has a header without a name");
                    }
                    headers.add(new RecordHeader(new String(name, StandardCharsets.UTF_8), bytes()));
                }
                return new Entry(timestamp, key, value, headers);
            } catch (EOFException cut) {
                throw cutOff();
            }
        }

        private long timestampTail() throws IOException {
            long tail = 0;
            for (int i = 0; i < Long.BYTES - 1; i++) {
                tail = tail << 8 | in.readUnsignedByte();
            }
            return tail;
        }

        private byte @Nullable [] bytes() throws IOException {
            int length = in.readInt();
            if (length == NULL) {
                return null;
            }
            if (length < 0 || length > LONGEST) {
                throw new DamagedArchiveException(source + " has a field of " + length + " bytes");
            }
            byte[] content = in.readNBytes(length);
            if (content.length < length) {
                throw cutOff();
            }
            return content;
        }

        private DamagedArchiveException cutOff() {
            return new DamagedArchiveException(source + " is cut off in the middle of a record");
        }
    }
}
