package dev.polyphony.datasets;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), whole or the bundled subset: 28 x 28 grey pixels, 10 classes; whole also with
 * a black edge, as large as CIFAR's images.
 */
final class FashionMnist {

    static final String NAME = "fashion-mnist";
    static final String SMALL_NAME = "fashion-mnist-small";
    static final String PADDED_NAME = "fashion-mnist-32";
    static final ImageShape SHAPE = new ImageShape(1, 28, 28);
    static final List<String> CLASS_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** The last images of the training files are the validation split. */
    static final int VALIDATION_COUNT = 5_000;

    /** Black pixels on each side of the padded images, which are 32 x 32. */
    private static final int EDGE = 2;

    /** Where Debian's package dataset-fashion-mnist puts the files. */
    static final Path DEBIAN_DIRECTORY = Path.of("/usr/share/datasets/fashion-mnist");

    private static final URI ADDRESS =
            URI.create("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/");

    /** Computed on the first 55,000 training images. */
    private static final List<Float> MEAN = List.of(0.2858f);

    private static final List<Float> STANDARD_DEVIATION = List.of(0.3529f);

    private static final Map<String, String> SHA_256 = Map.of(
            "train-images-idx3-ubyte", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "train-labels-idx1-ubyte", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "t10k-images-idx3-ubyte", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "t10k-labels-idx1-ubyte", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");

    private FashionMnist() {}

    /** The bundled subset: 6,000 training, 1,000 validation and 2,000 test images, equally many of each class. */
    static Dataset small() {
        SortedMap<String, String> checksums = new TreeMap<>();
        return dataset(
                SMALL_NAME,
                bundled("train", checksums),
                bundled("validation", checksums),
                bundled("test", checksums),
                checksums);
    }

    private static Images bundled(String split, SortedMap<String, String> checksums) {
        return IdxReader.read(
                SourceFile.ofResource(SMALL_NAME, images(split) + SourceFile.GZIP_SUFFIX, checksums),
                SourceFile.ofResource(SMALL_NAME, labels(split) + SourceFile.GZIP_SUFFIX, checksums),
                SHAPE,
                CLASS_NAMES.size());
    }

    /**
     * The whole data set: 55,000 training, 5,000 validation and 10,000 test images.
     *
     * @param directories searched in this order, files compressed with gzip or plain
     * @param download fetches what is missing into the first directory
     */
    static Dataset whole(List<Path> directories, Download download) {
        download.fetch(missing(directories), directories.get(0));
        SortedMap<String, String> checksums = new TreeMap<>();
        Images training = read("train", directories, checksums);
        Images test = read("t10k", directories, checksums);
        int count = training.count() - VALIDATION_COUNT;
        if (count < 1) {
            throw new InvalidDataException(NAME + ": the training files have " + training.count()
                    + " images, of which the last " + VALIDATION_COUNT + " are the validation split; 60000 are right");
        }
        return dataset(NAME, training.range(0, count), training.range(count, training.count()), test, checksums);
    }

    /**
     * The whole data set, each image with a black edge: 32 x 32 pixels. Normalised as without the edge.
     *
     * @param directories searched in this order, files compressed with gzip or plain
     * @param download fetches what is missing into the first directory
     */
    static Dataset padded(List<Path> directories, Download download) {
        Dataset whole = whole(directories, download);
        return dataset(
                PADDED_NAME,
                Padding.black(whole.train(), EDGE),
                Padding.black(whole.validation(), EDGE),
                Padding.black(whole.test(), EDGE),
                whole.checksums());
    }

    /** The published files that lie in none of the directories. */
    static List<PublishedFile> missing(List<Path> directories) {
        List<PublishedFile> missing = new ArrayList<>();
        for (String split : List.of("train", "t10k")) {
            for (String file : List.of(images(split), labels(split))) {
                if (find(file, directories).isEmpty()) {
                    String name = file + SourceFile.GZIP_SUFFIX;
                    String digest = SHA_256.getOrDefault(file, "");
                    missing.add(new PublishedFile(name, ADDRESS.resolve(name), Checksum.SHA_256, digest));
                }
            }
        }
        return missing;
    }

    private static Images read(String split, List<Path> directories, SortedMap<String, String> checksums) {
        return IdxReader.read(
                SourceFile.of(find(images(split), directories).get(0), checksums),
                SourceFile.of(find(labels(split), directories).get(0), checksums),
                SHAPE,
                CLASS_NAMES.size());
    }

    private static List<Path> find(String file, List<Path> directories) {
        return directories.stream()
                .flatMap(directory ->
                        List.of(directory.resolve(file), directory.resolve(file + SourceFile.GZIP_SUFFIX)).stream())
                .filter(Files::isRegularFile)
                .toList();
    }

    private static String images(String split) {
        return split + "-images-idx3-ubyte";
    }

    private static String labels(String split) {
        return split + "-labels-idx1-ubyte";
    }

    private static Dataset dataset(
            String name, Images train, Images validation, Images test, SortedMap<String, String> checksums) {
        return new Dataset(
                name,
                train.shape(),
                CLASS_NAMES.size(),
                CLASS_NAMES,
                train,
                validation,
                test,
                MEAN,
                STANDARD_DEVIATION,
                Augmenter.USUAL_PADDING,
                checksums);
    }
}
