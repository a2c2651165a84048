package dev.polyphony.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads IDX files, the format of MNIST and Fashion-MNIST: a magic number, sizes (all big endian), then bytes. */
final class IdxReader {

    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;
    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;
    private static final int MAXIMUM = 1_000_000;

    private final SourceFile file;
    private final ByteBuffer header;

    private IdxReader(SourceFile file, int headerBytes) {
        this.file = file;
        if (file.content().length < headerBytes) {
            throw new InvalidDataException(file.name() + ": truncated: " + file.content().length
                    + " bytes; an IDX header alone has " + headerBytes);
        }
        header = ByteBuffer.wrap(file.content(), 0, headerBytes);
    }

    /**
     * Reads images of one channel with their labels.
     *
     * @param shape every image has
     * @param classes labels are from 0 to before this
     * @throws InvalidDataException if a file is not such a file, or the counts differ
     */
    static Images read(SourceFile images, SourceFile labels, ImageShape shape, int classes) {
        byte[] pixels = new IdxReader(images, IMAGES_HEADER).images(shape);
        byte[] values = new IdxReader(labels, LABELS_HEADER).labels();
        int count = pixels.length / shape.pixels();
        if (values.length != count) {
            throw new InvalidDataException(labels.name() + ": " + values.length + " labels, but " + images.name()
                    + " has " + count + " images");
        }
        return new Images(shape, pixels, Labels.checked(labels.name(), values, classes));
    }

    private byte[] images(ImageShape shape) {
        expectMagic(IMAGES_MAGIC, "images");
        long count = size("images");
        int rows = size("rows");
        int columns = size("columns");
        if (rows != shape.height() || columns != shape.width()) {
            throw new InvalidDataException(file.name() + ": images of " + rows + " x " + columns + " pixels; "
                    + shape.height() + " x " + shape.width() + " would be right");
        }
        return exactly(count * shape.pixels());
    }

    private byte[] labels() {
        expectMagic(LABELS_MAGIC, "labels");
        return exactly(size("labels"));
    }

    private void expectMagic(int expected, String content) {
        int magic = header.getInt();
        if (magic != expected) {
            throw new InvalidDataException(String.format(
                    "%s: not an IDX file of %s: it begins with 0x%08x; 0x%08x would be right",
                    file.name(), content, magic, expected));
        }
    }

    private int size(String what) {
        int size = header.getInt();
        if (size < 1 || size > MAXIMUM) {
            throw new InvalidDataException(file.name() + ": the header says " + Integer.toUnsignedString(size) + " "
                    + what + "; from 1 to " + MAXIMUM + " are read");
        }
        return size;
    }

    /** What follows the header; nothing is allocated before its length is known to be right. */
    private byte[] exactly(long expected) {
        byte[] content = file.content();
        int present = content.length - header.limit();
        if (present != expected) {
            String problem = present < expected ? "truncated: " : "there are bytes after the end: ";
            throw new InvalidDataException(
                    file.name() + ": " + problem + "the header says " + expected + " bytes, there are " + present);
        }
        return Arrays.copyOfRange(content, header.limit(), content.length);
    }
}
