package dev.polyphony.wire;

/** What every record of a stream has: its stream, its step, and which part of the step it carries. */
public interface StepRecord {

    /** Identity of the stream. */
    String streamId();

    /** Step over the whole stream, 0-based. */
    long step();

    /** Position of this record among the records of its step, 0-based. */
    default int part() {
        return 0;
    }

    /** Records of this step; 1 unless the step was too large for one record. */
    default int parts() {
        return 1;
    }

    /** The record's bytes, as docs/wire-format.md describes them. */
    byte[] encode();
}
