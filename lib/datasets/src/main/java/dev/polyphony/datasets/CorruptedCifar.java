package dev.polyphony.datasets;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10-C and CIFAR-100-C as published on Zenodo (Hendrycks and Dietterich 2019).
 *
 * @param dataset whose test images are corrupted
 * @param directory that the archive holds
 * @param classes of the data set
 * @param images of each severity, in the order of the test images
 * @param archive where the files come from; its checksum is the one that Zenodo lists
 */
record CorruptedCifar(String dataset, String directory, int classes, int images, PublishedFile archive) {

    static final CorruptedCifar CIFAR_10_C =
            published(Cifar.CIFAR_10.name(), "CIFAR-10-C", 10, "records/2535967", "56bf5dcef84df0e2308c6dcbcbbd8499");

    static final CorruptedCifar CIFAR_100_C = published(
            Cifar.CIFAR_100.name(), "CIFAR-100-C", 100, "records/3555552", "11f0ed0f1191edbf9fa23466ae6021d3");

    /** Above the 2.92 GB of either archive. */
    private static final long MAXIMUM_BYTES = 3_000_000_000L;

    private static CorruptedCifar published(
            String dataset, String directory, int classes, String record, String digest) {
        String file = directory + ".tar";
        URI address = URI.create("https://zenodo.org/" + record + "/files/" + file);
        return new CorruptedCifar(
                dataset, directory, classes, 10_000, new PublishedFile(file, address, Checksum.MD5, digest));
    }

    /**
     * Opens the sets.
     *
     * @param parent holds {@link #directory()}, or the archive, or gets both
     * @throws InvalidDataException if the files cannot be had, or the labels are not those of five equal parts
     */
    PublishedCorruptions open(Path parent, Download download) {
        Path files = parent.resolve(directory);
        if (!Files.isDirectory(files)) {
            Path downloaded = parent.resolve(archive.name());
            if (!Files.isRegularFile(downloaded)) {
                download.fetch(List.of(archive), parent);
            } else {
                archive.verify(downloaded);
            }
            TarArchive.unpack(downloaded, files, MAXIMUM_BYTES);
        }
        return new PublishedCorruptions(files, classes, images);
    }
}
