package dev.polyphony.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Bytes to records. Whatever is wrong with the bytes comes out as {@link UnreadableRecordException}. */
final class Decoding {
    /** Version of all messages. A reader refuses any other: additions within a version are always optional. */
    static final int VERSION = 1;

    private Decoding() {}

    static <M extends MessageLite, R> R decode(
            String what, ByteBuffer bytes, Parser<M> parser, ToIntFunction<M> version, Function<M, R> record) {
        M message = parse(what, bytes, parser);
        int found = version.applyAsInt(message);
        if (found != VERSION) {
            throw new UnreadableRecordException(
                    "a " + what + " record of version " + found + "; this program reads version " + VERSION);
        }
        try {
            return record.apply(message);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("a " + what + " record that cannot be right: " + e.getMessage(), e);
        }
    }

    private static <M extends MessageLite> M parse(String what, ByteBuffer bytes, Parser<M> parser) {
        try {
            // Aliasing makes the payload a view of the given bytes: decoding does not copy it.
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            M message = parser.parseFrom(input);
            input.checkLastTagWas(0);
            return message;
        } catch (IOException e) {
            throw new UnreadableRecordException(
                    bytes.remaining() + " bytes that are not a whole " + what + " record: " + e.getMessage(), e);
        }
    }

    static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }

    static void requirePresent(boolean present, String name) {
        if (!present) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
