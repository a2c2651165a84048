package dev.polyphony.datasets;

import java.util.List;

/**
 * Reads the binary version of CIFAR-10 and CIFAR-100: records of one label (CIFAR-10) or a coarse and a fine label
 * (CIFAR-100; the fine one is used), then 3 x 32 x 32 pixels. See https://www.cs.toronto.edu/~kriz/cifar.html.
 */
final class CifarReader {

    static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private final int labelBytes;
    private final int classes;
    private final int imagesPerFile;

    /**
     * @param labelBytes 1 or 2; the last one counts
     * @param classes labels are from 0 to before this
     * @param imagesPerFile each file has exactly as many
     */
    CifarReader(int labelBytes, int classes, int imagesPerFile) {
        this.labelBytes = labelBytes;
        this.classes = classes;
        this.imagesPerFile = imagesPerFile;
    }

    /** Reads files as one sequence of images. */
    Images read(List<SourceFile> files) {
        // Before anything is reserved.
        files.forEach(this::requireWhole);
        int size = SHAPE.pixels();
        byte[] pixels = new byte[files.size() * imagesPerFile * size];
        int[] labels = new int[files.size() * imagesPerFile];
        for (int f = 0; f < files.size(); f++) {
            SourceFile file = files.get(f);
            int first = f * imagesPerFile;
            System.arraycopy(labels(file), 0, labels, first, imagesPerFile);
            for (int i = 0; i < imagesPerFile; i++) {
                int from = i * (labelBytes + size) + labelBytes;
                System.arraycopy(file.content(), from, pixels, (first + i) * size, size);
            }
        }
        return new Images(SHAPE, pixels, labels);
    }

    private void requireWhole(SourceFile file) {
        int record = labelBytes + SHAPE.pixels();
        int expected = imagesPerFile * record;
        int actual = file.content().length;
        if (actual != expected) {
            throw new InvalidDataException(file.name() + ": "
                    + (actual < expected ? "truncated: " : "there are bytes after the last image: ") + actual
                    + " bytes; " + imagesPerFile + " records of " + record + " bytes are " + expected);
        }
    }

    private int[] labels(SourceFile file) {
        int record = labelBytes + SHAPE.pixels();
        byte[] values = new byte[imagesPerFile];
        for (int i = 0; i < imagesPerFile; i++) {
            values[i] = file.content()[i * record + labelBytes - 1];
        }
        return Labels.checked(file.name(), values, classes);
    }
}
