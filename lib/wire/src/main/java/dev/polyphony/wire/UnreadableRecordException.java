package dev.polyphony.wire;

/** Bytes that are not a record of this version, or not the record that was expected. The message is one clear reason. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a reason quotes may be as long as the record; a reason is read by people and travels in a header. */
    private static final int LONGEST = 500;

    public UnreadableRecordException(String reason) {
        super(shortened(reason));
    }

    public UnreadableRecordException(String reason, Throwable cause) {
        super(shortened(reason), cause);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "...";
    }
}
