package dev.polyphony.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5Reader.EntryFilter;
import us.hebi.matlab.mat.format.Mat5Reader.EntryHeader;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * Reads a file of cropped SVHN digits: MATLAB 5, with {@code X} [32, 32, 3, N] of unsigned bytes, first index fastest,
 * and {@code y} [N, 1], where 10 means the digit 0. The elements are inflated once, into the memory in which they then
 * stay: N x 3,072 bytes.
 */
final class SvhnReader implements EntryFilter, BufferAllocator {

    static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int SIDE = 32;
    private static final int DIGITS = 10;

    /** Above the 73,257 training images. */
    private static final int MAXIMUM_IMAGES = 100_000;

    /** One deflated byte stands for at most so many. */
    private static final long DEFLATE_RATIO = 1_032;

    private final Path file;
    private final long maximumElements;
    private final Map<String, ByteBuffer> elements = new HashMap<>();
    private String current = "";

    private SvhnReader(Path file, long maximumElements) {
        this.file = file;
        this.maximumElements = maximumElements;
    }

    /**
     * Reads all images, in their order.
     *
     * @throws InvalidDataException if the file is not such a file
     */
    static Images read(Path file) {
        try {
            long maximum = Math.min(Files.size(file) * DEFLATE_RATIO, (long) MAXIMUM_IMAGES * SHAPE.pixels());
            return new SvhnReader(file, maximum).read();
        } catch (IOException failure) {
            throw refusal(file, failure);
        }
    }

    private Images read() throws IOException {
        try (Source source = Sources.openFile(file.toFile());
                MatFile mat = new MatReader(source, this, this).readMat()) {
            if (!elements.keySet().equals(Set.of("X", "y"))) {
                throw new InvalidDataException(file + ": holds the arrays " + elements.keySet()
                        + " (a truncated file lacks the last ones); X and y are needed");
            }
            Matrix images = mat.getMatrix("X");
            ByteBuffer pixels = elements.getOrDefault("X", ByteBuffer.allocate(0));
            int count = images.getDimensions()[3];
            if (pixels.capacity() != count * SHAPE.pixels()) {
                throw new InvalidDataException(
                        file + ": X has " + pixels.capacity() + " bytes for " + count + " images of " + SHAPE);
            }
            int[] labels = labels(mat.getMatrix("y"), count);
            transpose(pixels.array());
            return new Images(SHAPE, pixels.array(), labels);
        }
    }

    /** Says before anything is reserved whether an array is one of the two. */
    @Override
    public boolean isAccepted(EntryHeader header) {
        current = header.getName();
        int[] sizes = header.getDimensions();
        boolean plain = !header.isComplex() && !header.isLogical();
        boolean right =
                switch (current) {
                    case "X" -> plain && header.getType() == MatlabType.UInt8 && areImages(sizes);
                    case "y" -> plain && numeric(header.getType()) && sizes.length == 2 && sizes[1] == 1;
                    default -> false;
                };
        if (!right && (current.equals("X") || current.equals("y"))) {
            throw new InvalidDataException(file + ": " + current + " is of type " + header.getType() + " and size "
                    + Arrays.toString(sizes) + "; right is X of uint8 [32, 32, 3, N] with N from 1 to "
                    + MAXIMUM_IMAGES + ", and y of numbers [N, 1]");
        }
        return right;
    }

    private static boolean areImages(int[] sizes) {
        return sizes.length == 4
                && Arrays.equals(Arrays.copyOf(sizes, 3), new int[] {SIDE, SIDE, 3})
                && sizes[3] > 0
                && sizes[3] <= MAXIMUM_IMAGES;
    }

    private static boolean numeric(MatlabType type) {
        return switch (type) {
            case Double, Single, Int8, UInt8, Int16, UInt16, Int32, UInt32 -> true;
            default -> false;
        };
    }

    /** Gives the memory for the elements of the array that was accepted last. */
    @Override
    public ByteBuffer allocate(int bytes) {
        if (bytes < 0 || bytes > maximumElements) {
            throw new InvalidDataException(file + ": " + current + " says it has " + Integer.toUnsignedString(bytes)
                    + " bytes; a file of this size cannot hold more than " + maximumElements);
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        if (elements.put(current, buffer) != null) {
            throw new InvalidDataException(file + ": holds two arrays " + current);
        }
        return buffer;
    }

    @Override
    public void release(ByteBuffer buffer) {
        // The images go on living in it.
    }

    private int[] labels(Matrix digits, int count) {
        if (digits.getNumElements() != count) {
            throw new InvalidDataException(
                    file + ": " + digits.getNumElements() + " labels in y, but " + count + " images in X");
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            double digit = digits.getDouble(i);
            if (!(digit >= 1 && digit <= DIGITS && digit == Math.rint(digit))) {
                throw new InvalidDataException(file + ": label " + digit + " of image " + i
                        + " (from 0 on) names no digit; labels are from 1 to 10, which means 0");
            }
            labels[i] = (int) digit % DIGITS;
        }
        return labels;
    }

    /** Turns each plane from columns to rows, in place: planes are square. */
    private static void transpose(byte[] planes) {
        for (int plane = 0; plane < planes.length; plane += SIDE * SIDE) {
            for (int row = 0; row < SIDE; row++) {
                for (int column = row + 1; column < SIDE; column++) {
                    int one = plane + row * SIDE + column;
                    int other = plane + column * SIDE + row;
                    byte pixel = planes[one];
                    planes[one] = planes[other];
                    planes[other] = pixel;
                }
            }
        }
    }

    /** The library wraps what is thrown within it. */
    private static InvalidDataException refusal(Path file, IOException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof InvalidDataException refusal) {
            return refusal;
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new InvalidDataException(
                file + ": cannot be read as a MATLAB 5 file with X and y (" + reason + ")", failure);
    }
}
