package dev.polyphony.datasets;

import dev.polyphony.datasets.npy.Npy;
import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.NpyType;
import dev.polyphony.experiment.DatasetPart;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The published corruptions of CIFAR's test images, CIFAR-10-C and CIFAR-100-C (paper, section A.1). Each corruption is
 * one file, of five severities one after another; it is mapped, not read whole.
 */
public final class PublishedCorruptions {

    private static final int SEVERITIES = 5;

    private static final ImageShape SHAPE = CifarReader.SHAPE;

    /** Also keeps what a caller passes from leaving the directory. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,40}");

    private static final Set<NpyType> LABEL_TYPES = EnumSet.of(NpyType.UINT8, NpyType.INT32, NpyType.INT64);

    private final Path directory;
    private final int count;
    private final int[] labels;

    /**
     * @param directory of the {@code .npy} files
     * @param classes labels are from 0 to before this
     * @param count images of each severity
     */
    PublishedCorruptions(Path directory, int classes, int count) {
        this.directory = directory;
        this.count = count;
        this.labels = labels(directory.resolve("labels.npy"), classes, count);
    }

    /**
     * Opens the sets that belong to a data set.
     *
     * @param part names {@code cifar-10} or {@code cifar-100}
     * @param dataDirectory holds the directory {@code CIFAR-10-C} or {@code CIFAR-100-C}, or its archive, or gets both
     * @throws InvalidDataException if there are none for the data set, or the files are damaged or cannot be had
     */
    public static PublishedCorruptions open(DatasetPart part, Path dataDirectory) {
        return open(part, dataDirectory, DownloadProgress.NONE);
    }

    /** Like {@link #open(DatasetPart, Path)}, and tells how far a download is. */
    public static PublishedCorruptions open(DatasetPart part, Path dataDirectory, DownloadProgress progress) {
        CorruptedCifar source = Stream.of(CorruptedCifar.CIFAR_10_C, CorruptedCifar.CIFAR_100_C)
                .filter(published -> published.dataset().equals(part.name()))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidDataException("corruptions are published for cifar-10 and cifar-100, not" + " for "
                                + part.name() + "; its corruptions can be made here (evaluation.corruptions: local)"));
        return source.open(dataDirectory, new Download(progress));
    }

    /**
     * The test images under one corruption, with their own labels.
     *
     * @param corruption the name of the file without its extension, such as {@code gaussian_noise}
     * @param severity from 1 (mild) to 5
     * @throws InvalidDataException if there is no such file, or it is not of this data set's form
     * @throws IllegalArgumentException if there is no such severity
     */
    public Images images(String corruption, int severity) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException(
                    "the severity of " + corruption + " is from 1 to " + SEVERITIES + ", not " + severity);
        }
        if (!NAME.matcher(corruption).matches()) {
            throw new InvalidDataException("there is no corruption '" + corruption + "' in " + directory);
        }
        Path file = directory.resolve(corruption + ".npy");
        NpyArray array = Npy.map(file);
        long[] shape = {(long) SEVERITIES * count, SHAPE.height(), SHAPE.width(), SHAPE.channels()};
        if (array.type() != NpyType.UINT8 || !Arrays.equals(array.shape(), shape)) {
            throw new InvalidDataException(
                    file + ": an array " + array + "; right is " + NpyType.UINT8.descriptor() + Arrays.toString(shape));
        }
        int bytes = count * SHAPE.pixels();
        return new Images(SHAPE, planes(array.data().slice((severity - 1) * bytes, bytes)), labels);
    }

    /** From [N, H, W, C] to [N, C, H, W]. */
    private byte[] planes(ByteBuffer interleaved) {
        int channels = SHAPE.channels();
        int plane = SHAPE.height() * SHAPE.width();
        byte[] image = new byte[SHAPE.pixels()];
        byte[] planes = new byte[interleaved.remaining()];
        for (int i = 0; i < count; i++) {
            interleaved.get(image);
            for (int channel = 0; channel < channels; channel++) {
                int offset = i * image.length + channel * plane;
                for (int pixel = 0; pixel < plane; pixel++) {
                    planes[offset + pixel] = image[pixel * channels + channel];
                }
            }
        }
        return planes;
    }

    private static int[] labels(Path file, int classes, int count) {
        NpyArray array = Npy.map(file);
        long[] shape = {(long) SEVERITIES * count};
        if (!LABEL_TYPES.contains(array.type()) || !Arrays.equals(array.shape(), shape)) {
            throw new InvalidDataException(
                    file + ": an array " + array + "; right are integers " + Arrays.toString(shape));
        }
        int[] labels = new int[count];
        for (int i = 0; i < array.count(); i++) {
            long label = label(array, i);
            if (label < 0 || label >= classes) {
                throw new InvalidDataException(file + ": label " + label + " of image " + i
                        + " (from 0 on) names no class; labels are from 0 to " + (classes - 1));
            }
            if (i < count) {
                labels[i] = (int) label;
            } else if (labels[i % count] != label) {
                throw new InvalidDataException(file + ": image " + i + " (from 0 on) has label " + label
                        + ", the same image at severity 1 has " + labels[i % count]
                        + "; the labels of all five severities are the same");
            }
        }
        return labels;
    }

    private static long label(NpyArray array, int index) {
        ByteBuffer data = array.data();
        return switch (array.type()) {
            case UINT8 -> Byte.toUnsignedInt(data.get(index));
            case INT32 -> data.getInt(index * Integer.BYTES);
            default -> data.getLong(index * Long.BYTES);
        };
    }
}
