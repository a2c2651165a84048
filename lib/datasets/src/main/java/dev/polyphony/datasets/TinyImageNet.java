package dev.polyphony.datasets;

import dev.polyphony.datasets.TinyImageNetFiles.LabelledFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * TinyImageNet-200 (Le and Yang 2015): 64 x 64 images of 200 of ImageNet's classes. The last images of each class are
 * the validation split; the official validation set is the test split, because the official test set has no labels
 * (paper, section A.1). Nothing of the archive is unpacked: its images are decoded into array files.
 *
 * @param classes K
 * @param perClass training images of each class
 * @param validationPerClass how many of them, the last ones, are the validation split
 * @param testCount images of the official validation set
 * @param archive where the files come from
 */
record TinyImageNet(int classes, int perClass, int validationPerClass, int testCount, PublishedFile archive) {

    static final String NAME = "tiny-imagenet-200";

    /** The checksum is the one that is in general use; its authors publish none. It could not be compared here. */
    static final TinyImageNet PUBLISHED = new TinyImageNet(
            200,
            500,
            50,
            10_000,
            new PublishedFile(
                    NAME + ".zip",
                    URI.create("http://cs231n.stanford.edu/" + NAME + ".zip"),
                    Checksum.MD5,
                    "90528d7ca1a48142e341f4ef8d21d0de"));

    /** Of the 90,000 training images (the authors' reference code). */
    private static final List<Float> MEAN = List.of(0.4802f, 0.4481f, 0.3976f);

    private static final List<Float> STANDARD_DEVIATION = List.of(0.2770f, 0.2691f, 0.2822f);

    /** The paper's; the authors' reference code had 8 and later 4. */
    private static final int PADDING = 8;

    private static final ImageShape SHAPE = new ImageShape(3, 64, 64);
    private static final String DECODED = NAME + "-decoded";
    private static final String CLASS_NAMES = "classes.txt";
    private static final String TRAIN = "train";
    private static final String TEST = "test";

    /**
     * Opens the data set; the first time its images are decoded.
     *
     * @param parent holds the directory {@code tiny-imagenet-200-decoded}, or {@code tiny-imagenet-200}, or the
     *     archive, or gets the archive; and gets the decoded images
     */
    Dataset open(Path parent, Download download) {
        Path decoded = parent.resolve(DECODED);
        try {
            if (!Files.isDirectory(decoded)) {
                decode(parent, decoded, download);
            }
            return map(decoded);
        } catch (IOException failure) {
            throw new InvalidDataException(
                    decoded + ": cannot be made or read (" + failure + "); delete it to have it made anew", failure);
        }
    }

    private Dataset map(Path decoded) throws IOException {
        ImageFiles files = new ImageFiles(decoded, SHAPE);
        int count = classes * perClass;
        int learned = count - classes * validationPerClass;
        Images training = files.map(TRAIN, count, classes);
        return new Dataset(
                NAME,
                SHAPE,
                classes,
                Files.readAllLines(decoded.resolve(CLASS_NAMES)),
                training.range(0, learned),
                training.range(learned, count),
                files.map(TEST, testCount, classes),
                MEAN,
                STANDARD_DEVIATION,
                PADDING,
                files.checksums(TRAIN, TEST));
    }

    private void decode(Path parent, Path decoded, Download download) throws IOException {
        Path directory = parent.resolve(NAME);
        if (Files.isDirectory(directory)) {
            decodeFrom(directory, decoded, download.progress());
            return;
        }
        Path downloaded = parent.resolve(archive.name());
        if (!Files.isRegularFile(downloaded)) {
            download.fetch(List.of(archive), parent);
        } else {
            archive.verify(downloaded);
        }
        try (FileSystem zip = FileSystems.newFileSystem(downloaded)) {
            requireOneDirectory(downloaded, zip.getPath("/"));
            decodeFrom(zip.getPath("/", NAME), decoded, download.progress());
        } catch (IOException failure) {
            throw new InvalidDataException(
                    downloaded + ": its images cannot be decoded to " + decoded + " (" + failure + ")", failure);
        }
    }

    /** Paths with a dot or two for a name are refused by the file system itself. */
    private static void requireOneDirectory(Path archive, Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                if (!entry.equals(root.resolve(NAME))) {
                    throw new InvalidDataException(archive + ": its images cannot be decoded: the entry '" + entry
                            + "' is not in the directory " + NAME);
                }
            }
        }
    }

    private void decodeFrom(Path root, Path decoded, DownloadProgress progress) throws IOException {
        TinyImageNetFiles source = new TinyImageNetFiles(root, classes);
        List<LabelledFile> train = source.train(perClass);
        List<LabelledFile> test = source.validation(testCount);
        List<String> names = source.classNames();
        NewDirectory.create(decoded, parent -> {
            Path directory = Files.createDirectory(parent.resolve(DECODED));
            Files.write(directory.resolve(CLASS_NAMES), names);
            ImageFiles files = new ImageFiles(directory, SHAPE);
            try (JpegReader reader = new JpegReader()) {
                write(files, TRAIN, source, train, reader, progress);
                write(files, TEST, source, test, reader, progress);
            }
            files.writeChecksums();
        });
    }

    private static void write(
            ImageFiles files,
            String split,
            TinyImageNetFiles source,
            List<LabelledFile> images,
            JpegReader reader,
            DownloadProgress progress)
            throws IOException {
        int[] labels = images.stream().mapToInt(LabelledFile::label).toArray();
        String name = NAME + " " + split + " images";
        files.write(split, labels, (image, out) -> {
            String file = images.get(image).file();
            reader.read(source.where(file), source.content(file), SHAPE, out);
            progress.received(name, (image + 1L) * out.length, (long) images.size() * out.length);
        });
    }
}
