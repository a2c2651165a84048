package dev.polyphony.datasets;

import dev.polyphony.datasets.npy.Npy;
import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.NpyType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decoded images in array files, so that a large data set is decoded once and then only mapped: all processes of a
 * machine share one copy of the pixels, which lies outside of their heaps. A split is two files, {@code train.npy}
 * [N, C, H, W] and {@code train-labels.npy} [N]; {@code SHA256SUMS} has their checksums as sha256sum writes them.
 */
final class ImageFiles {

    private static final String SUMS = "SHA256SUMS";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  ([a-z0-9.-]+)");
    private static final int BUFFER_BYTES = 1 << 18;

    /** Gives the pixels of one image after another. */
    interface Pixels {

        /** Puts image number {@code image} into {@code out}, [C, H, W]. */
        void copy(int image, byte[] out) throws IOException;
    }

    /** Writes elements. */
    private interface Elements {
        void write(OutputStream out) throws IOException;
    }

    private final Path directory;
    private final ImageShape shape;
    private final SortedMap<String, String> checksums = new TreeMap<>();

    /** @param directory which exists */
    ImageFiles(Path directory, ImageShape shape) {
        this.directory = directory;
        this.shape = shape;
    }

    /** Writes the files of a split. */
    void write(String split, int[] labels, Pixels pixels) throws IOException {
        NpyArray classes = NpyArray.ofInts(labels, labels.length);
        write(labelFile(split), out -> Npy.write(classes, out));
        write(imageFile(split), out -> {
            out.write(Npy.header(NpyType.UINT8, sizes(labels.length)));
            byte[] image = new byte[shape.pixels()];
            for (int i = 0; i < labels.length; i++) {
                pixels.copy(i, image);
                out.write(image);
            }
        });
    }

    /** Writes the checksums of all that was written: the last step. */
    void writeChecksums() throws IOException {
        StringBuilder text = new StringBuilder();
        checksums.forEach(
                (file, sum) -> text.append(sum).append("  ").append(file).append('\n'));
        Files.writeString(directory.resolve(SUMS), text);
    }

    private void write(String file, Elements elements) throws IOException {
        MessageDigest digest = Checksum.SHA_256.digest();
        try (OutputStream out = new BufferedOutputStream(
                new DigestOutputStream(
                        Files.newOutputStream(directory.resolve(file), StandardOpenOption.CREATE_NEW), digest),
                BUFFER_BYTES)) {
            elements.write(out);
        }
        checksums.put(file, Checksum.hex(digest.digest()));
    }

    /**
     * Maps a split.
     *
     * @throws dev.polyphony.datasets.npy.InvalidNpyException if a file is missing or damaged
     * @throws InvalidDataException if the images are of another shape or number, or a label names no class
     */
    Images map(String split, int count, int classes) {
        NpyArray pixels = array(imageFile(split), NpyType.UINT8, sizes(count));
        int[] labels = array(labelFile(split), NpyType.INT32, count).toInts();
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new InvalidDataException(directory.resolve(labelFile(split)) + ": label " + label
                        + " names no class; labels are from 0 to " + (classes - 1));
            }
        }
        return new Images(shape, pixels.data(), labels);
    }

    private NpyArray array(String file, NpyType type, long... sizes) {
        NpyArray array = Npy.map(directory.resolve(file));
        if (array.type() != type || !Arrays.equals(array.shape(), sizes)) {
            throw new InvalidDataException(directory.resolve(file) + ": an array " + array + "; right is "
                    + type.descriptor() + Arrays.toString(sizes));
        }
        return array;
    }

    /**
     * Reads the checksums that were noted when the files were written. They are not computed again: that would take as
     * long as reading everything.
     */
    SortedMap<String, String> checksums(String... splits) throws IOException {
        SortedMap<String, String> noted = new TreeMap<>();
        Path file = directory.resolve(SUMS);
        for (String line :
                Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
            Matcher matcher = SUM.matcher(line);
            if (matcher.matches()) {
                noted.put(matcher.group(2), matcher.group(1));
            }
        }
        Set<String> needed = new TreeSet<>();
        for (String split : splits) {
            needed.addAll(Set.of(imageFile(split), labelFile(split)));
        }
        if (!noted.keySet().equals(needed)) {
            throw new InvalidDataException(file + ": has checksums of " + noted.keySet() + "; right is " + needed);
        }
        return noted;
    }

    private long[] sizes(int count) {
        return new long[] {count, shape.channels(), shape.height(), shape.width()};
    }

    private static String imageFile(String split) {
        return split + ".npy";
    }

    private static String labelFile(String split) {
        return split + "-labels.npy";
    }
}
