package dev.polyphony.wire;

import java.util.List;

/** Steps that travel in several records. */
final class Parts {
    /** More than all fields besides the tensors' data take together. */
    static final int OVERHEAD_BYTES = 1024;

    private Parts() {}

    static void require(int part, int parts) {
        if (parts < 1 || part < 0 || part >= parts) {
            throw new IllegalArgumentException("part " + part + " of " + parts + " parts");
        }
    }

    /** Samples per part so that no encoded part exceeds maxBytes. */
    static int samples(long bytesPerSample, int maxBytes) {
        long samples = (maxBytes - OVERHEAD_BYTES) / bytesPerSample;
        if (samples < 1) {
            throw new IllegalArgumentException("one sample takes " + bytesPerSample + " bytes and up to "
                    + OVERHEAD_BYTES + " around it: more than the " + maxBytes + " allowed in a record");
        }
        return (int) Math.min(samples, Integer.MAX_VALUE);
    }

    /** Throws unless the records are all parts of one step, in order. */
    static void requireWhole(List<? extends StepRecord> records) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("no parts to join");
        }
        StepRecord first = records.get(0);
        for (int i = 0; i < records.size(); i++) {
            StepRecord record = records.get(i);
            if (record.part() != i
                    || record.parts() != records.size()
                    || record.step() != first.step()
                    || !record.streamId().equals(first.streamId())) {
                throw new IllegalArgumentException("not the parts of one step: step " + first.step() + " of stream "
                        + first.streamId() + " in " + records.size() + " parts, but at position " + i + " part "
                        + record.part() + " of " + record.parts() + " of step " + record.step() + " of stream "
                        + record.streamId());
            }
        }
    }

    static void requireStream(StepRecord record, String streamId) {
        if (!record.streamId().equals(streamId)) {
            throw new UnreadableRecordException(
                    "a record of stream " + record.streamId() + " where stream " + streamId + " was expected");
        }
    }
}
