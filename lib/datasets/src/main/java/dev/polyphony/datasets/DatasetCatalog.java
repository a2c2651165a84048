package dev.polyphony.datasets;

import dev.polyphony.experiment.DatasetPart;
import java.nio.file.Path;
import java.util.List;

/** Opens data sets by name. What is not bundled is read from files, which are downloaded where that is possible. */
public final class DatasetCatalog {

    private DatasetCatalog() {}

    /** All names, as a recipe's dataset part uses them. */
    public static List<String> names() {
        return List.of(
                FashionMnist.SMALL_NAME,
                FashionMnist.NAME,
                FashionMnist.PADDED_NAME,
                Cifar.CIFAR_10.name(),
                Cifar.CIFAR_100.name(),
                Svhn.NAME,
                TinyImageNet.NAME);
    }

    /**
     * Opens a data set, in memory or mapped into it.
     *
     * @param part its name, and how many of its training images are used
     * @param directory where data sets lie, and where downloaded ones are put; not used for bundled ones
     * @throws InvalidDataException if there is no such data set, its files are damaged or cannot be had, or it has
     *     fewer training images than asked for
     */
    public static Dataset open(DatasetPart part, Path directory) {
        return open(part, directory, DownloadProgress.NONE);
    }

    /** Like {@link #open(DatasetPart, Path)}, and tells how far a download is. */
    public static Dataset open(DatasetPart part, Path directory, DownloadProgress progress) {
        return limited(find(part.name(), directory, new Download(progress)), part.trainSamples());
    }

    private static Dataset find(String name, Path directory, Download download) {
        return switch (name) {
            case FashionMnist.SMALL_NAME -> FashionMnist.small();
            case FashionMnist.NAME -> FashionMnist.whole(fashionMnist(directory), download);
            case FashionMnist.PADDED_NAME -> FashionMnist.padded(fashionMnist(directory), download);
            case "cifar-10" -> Cifar.CIFAR_10.open(directory, download);
            case "cifar-100" -> Cifar.CIFAR_100.open(directory, download);
            case Svhn.NAME -> Svhn.PUBLISHED.open(directory, download);
            case TinyImageNet.NAME -> TinyImageNet.PUBLISHED.open(directory, download);
            default ->
                throw new InvalidDataException(
                        "there is no data set '" + name + "'; the data sets are " + String.join(", ", names()));
        };
    }

    private static List<Path> fashionMnist(Path directory) {
        return List.of(directory.resolve(FashionMnist.NAME), FashionMnist.DEBIAN_DIRECTORY);
    }

    private static Dataset limited(Dataset dataset, int trainSamples) {
        int count = dataset.train().count();
        if (trainSamples < 0 || trainSamples > count) {
            throw new InvalidDataException("data set " + dataset.name() + " has " + count + " training images, "
                    + trainSamples + " are asked for; right is 1 to " + count + ", or 0 for all");
        }
        if (trainSamples == 0 || trainSamples == count) {
            return dataset;
        }
        return dataset.withTrain(dataset.train().range(0, trainSamples));
    }
}
