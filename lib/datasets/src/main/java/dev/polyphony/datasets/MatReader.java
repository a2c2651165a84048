package dev.polyphony.datasets;

import java.io.IOException;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5Reader;
import us.hebi.matlab.mat.format.Mat5Tag;
import us.hebi.matlab.mat.format.Mat5Type;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Source;

/**
 * Reads MATLAB 5 files of plain numeric arrays. The library reserves what a file declares before it looks whether that
 * is there; so descriptions are kept short here, elements come from an allocator that knows its limits, and arrays of
 * arrays, which data sets do not have, are refused.
 */
final class MatReader extends Mat5Reader {

    /** Flags, sizes and names: a name has at most 63 letters. */
    private static final int MAXIMUM_DESCRIPTION_BYTES = 256;

    /**
     * @param wanted decides by name, type and sizes which arrays are read at all
     * @param memory where their elements go
     */
    MatReader(Source source, EntryFilter wanted, BufferAllocator memory) {
        super(source);
        setEntryFilter(wanted);
        setBufferAllocator(memory);
        disableSubsystemProcessing();
    }

    @Override
    protected Mat5Reader createChildReader(Source inflated) {
        return new MatReader(inflated, filter, bufferAllocator);
    }

    @Override
    protected Mat5Tag readTagWithExpectedType(Mat5Type expected) throws IOException {
        Mat5Tag tag = super.readTagWithExpectedType(expected);
        boolean description = expected != Mat5Type.Matrix;
        if (tag.getNumBytes() < 0 || (description && tag.getNumBytes() > MAXIMUM_DESCRIPTION_BYTES)) {
            throw new IOException("the description of an array says it has " + tag.getNumBytes() + " bytes");
        }
        return tag;
    }

    @Override
    protected Array readNestedArray() throws IOException {
        throw new IOException("an array holds other arrays");
    }
}
