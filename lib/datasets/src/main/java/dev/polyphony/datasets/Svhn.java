package dev.polyphony.datasets;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Street View House Numbers, cropped digits (Netzer et al. 2011). The paper takes its test images as out of distribution
 * for CIFAR (section A.1).
 *
 * @param validationCount the last training images, which are the validation split
 * @param trainFile published training images
 * @param testFile published test images
 */
record Svhn(int validationCount, PublishedFile trainFile, PublishedFile testFile) {

    static final String NAME = "svhn";

    private static final String ADDRESS = "http://ufldl.stanford.edu/housenumbers/";

    /**
     * The checksums are those that torchvision has for the files; its authors publish none. They could not be compared
     * with the files here.
     */
    static final Svhn PUBLISHED = new Svhn(
            5_000,
            published("train_32x32.mat", "e26dedcc434d2e4c54c9b2d4a06d8373"),
            published("test_32x32.mat", "eb5a983be6a315427106f1b164d9cef3"));

    /** Of all 73,257 training images, as commonly used; not computed here. */
    private static final List<Float> MEAN = List.of(0.4377f, 0.4438f, 0.4728f);

    private static final List<Float> STANDARD_DEVIATION = List.of(0.1980f, 0.2010f, 0.1970f);

    private static PublishedFile published(String file, String digest) {
        return new PublishedFile(file, URI.create(ADDRESS + file), Checksum.MD5, digest);
    }

    /**
     * Opens the data set.
     *
     * @param parent holds the directory {@code svhn} with the two files, or gets it
     */
    Dataset open(Path parent, Download download) {
        SortedMap<String, String> checksums = new TreeMap<>();
        Images training = read(trainFile, parent, download, checksums);
        Images test = read(testFile, parent, download, checksums);
        int count = training.count() - validationCount;
        if (count < 1) {
            throw new InvalidDataException(trainFile.name() + ": " + training.count() + " images, of which the last "
                    + validationCount + " are the validation split; 73257 are right");
        }
        return new Dataset(
                NAME,
                SvhnReader.SHAPE,
                10,
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                training.range(0, count),
                training.range(count, training.count()),
                test,
                MEAN,
                STANDARD_DEVIATION,
                Augmenter.USUAL_PADDING,
                checksums);
    }

    /** The test images alone: the training images are neither needed nor fetched. */
    Images test(Path parent, Download download) {
        return read(testFile, parent, download, new TreeMap<>());
    }

    private static Images read(
            PublishedFile published, Path parent, Download download, SortedMap<String, String> checksums) {
        Path directory = parent.resolve(NAME);
        Path file = directory.resolve(published.name());
        if (!Files.isRegularFile(file)) {
            download.fetch(List.of(published), directory);
        } else {
            published.verify(file);
        }
        checksums.put(published.name(), Checksum.SHA_256.of(file));
        return SvhnReader.read(file);
    }
}
