package dev.polyphony.datasets;

import dev.polyphony.experiment.DatasetPart;
import java.nio.file.Path;
import java.util.List;

/**
 * Images that a network was not trained for, to see whether it says that it does not know (paper, section A.1). Their
 * labels name no class of the data set and are not to be scored.
 */
public final class OutOfDistributionSets {

    /** The test images of the data set itself, turned by 90 degrees against the clock. */
    private static final String ROTATED = "rotated";

    private OutOfDistributionSets() {}

    /** All names, as a recipe uses them. */
    public static List<String> names() {
        return List.of(ROTATED, Svhn.NAME);
    }

    /**
     * Opens the images of a set.
     *
     * @param name one of {@link #names()}: {@code rotated} for any data set of square images, {@code svhn} (its 26,032
     *     test images) for 3 x 32 x 32
     * @param part names the data set
     * @param in the data set itself
     * @param dataDirectory where data sets lie, and where downloaded ones are put
     * @return images of the data set's own shape
     * @throws InvalidDataException if there is no such set, it has no images of that shape, or is the data set itself,
     *     or its files are damaged or cannot be had
     */
    public static Images open(String name, DatasetPart part, Dataset in, Path dataDirectory) {
        return open(name, part, in, dataDirectory, DownloadProgress.NONE);
    }

    /** Like {@link #open(String, DatasetPart, Dataset, Path)}, and tells how far a download is. */
    public static Images open(
            String name, DatasetPart part, Dataset in, Path dataDirectory, DownloadProgress progress) {
        if (!part.name().equals(in.name())) {
            throw new IllegalArgumentException("data set " + in.name() + " was not opened as " + part.name());
        }
        return switch (name) {
            case ROTATED -> Rotation.quarterTurn(in.name(), in.test());
            case Svhn.NAME -> {
                require(in, Svhn.NAME, SvhnReader.SHAPE);
                yield Svhn.PUBLISHED.test(dataDirectory, new Download(progress));
            }
            default ->
                throw new InvalidDataException("there is no out-of-distribution set '" + name + "'; the sets are "
                        + String.join(", ", names()));
        };
    }

    private static void require(Dataset in, String name, ImageShape shape) {
        if (in.name().equals(name)) {
            throw new InvalidDataException("data set " + name + " is not out of distribution for itself; '" + ROTATED
                    + "' takes its own test images, turned");
        }
        if (!in.shape().equals(shape)) {
            throw new InvalidDataException("the images of the out-of-distribution set '" + name + "' are " + shape
                    + ", those of data set " + in.name() + " are " + in.shape() + "; '" + ROTATED
                    + "' takes its own test images, turned");
        }
    }
}
