package dev.polyphony.datasets;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky 2009) in their binary version.
 *
 * @param name in the catalogue
 * @param directory that the published archive holds
 * @param trainFiles in order
 * @param testFile one
 * @param trainReader reads one of the training files
 * @param testReader reads the test file
 * @param classNames of the fine labels
 * @param mean per channel of the first 45,000 training images (the authors' reference code)
 * @param standardDeviation per channel of the same
 * @param archive where the files come from
 */
record Cifar(
        String name,
        String directory,
        List<String> trainFiles,
        String testFile,
        CifarReader trainReader,
        CifarReader testReader,
        List<String> classNames,
        List<Float> mean,
        List<Float> standardDeviation,
        PublishedFile archive) {

    private static final String ADDRESS = "https://www.cs.toronto.edu/~kriz/";

    /** Twice what either archive unpacks to. */
    private static final long MAXIMUM_BYTES = 400_000_000;

    /** One in ten training images, the last ones, are the validation split: 5,000 of 50,000. */
    private static final int VALIDATION_SHARE = 10;

    static final Cifar CIFAR_10 = new Cifar(
            "cifar-10",
            "cifar-10-batches-bin",
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"),
            "test_batch.bin",
            new CifarReader(1, 10, 10_000),
            new CifarReader(1, 10, 10_000),
            names("cifar-10.txt"),
            List.of(0.4915f, 0.4821f, 0.4464f),
            List.of(0.2472f, 0.2437f, 0.2617f),
            published("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"));

    static final Cifar CIFAR_100 = new Cifar(
            "cifar-100",
            "cifar-100-binary",
            List.of("train.bin"),
            "test.bin",
            new CifarReader(2, 100, 50_000),
            new CifarReader(2, 100, 10_000),
            names("cifar-100.txt"),
            List.of(0.5072f, 0.4866f, 0.4410f),
            List.of(0.2673f, 0.2564f, 0.2760f),
            published("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8"));

    private static PublishedFile published(String file, String digest) {
        return new PublishedFile(file, URI.create(ADDRESS + file), Checksum.MD5, digest);
    }

    private static List<String> names(String resource) {
        return new String(
                        SourceFile.ofResource("classes", resource, new TreeMap<>())
                                .content(),
                        StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /**
     * Opens the data set.
     *
     * @param parent holds {@link #directory()}, or the archive, or gets both
     */
    Dataset open(Path parent, Download download) {
        Path files = parent.resolve(directory);
        if (!Files.isDirectory(files)) {
            obtain(parent, files, download);
        }
        SortedMap<String, String> checksums = new TreeMap<>();
        Images training = trainReader.read(
                trainFiles.stream().map(file -> source(files, file, checksums)).toList());
        Images test = testReader.read(List.of(source(files, testFile, checksums)));
        int count = training.count() - training.count() / VALIDATION_SHARE;
        return new Dataset(
                name,
                CifarReader.SHAPE,
                classNames.size(),
                classNames,
                training.range(0, count),
                training.range(count, training.count()),
                test,
                mean,
                standardDeviation,
                Augmenter.USUAL_PADDING,
                checksums);
    }

    private void obtain(Path parent, Path files, Download download) {
        Path downloaded = parent.resolve(archive.name());
        if (!Files.isRegularFile(downloaded)) {
            download.fetch(List.of(archive), parent);
        } else {
            archive.verify(downloaded);
        }
        TarArchive.unpack(downloaded, files, MAXIMUM_BYTES);
    }

    private SourceFile source(Path files, String file, SortedMap<String, String> checksums) {
        Path path = files.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new InvalidDataException(path + ": there is no such file; it is part of " + archive
                    + ". Put it there, or delete " + files + " to have it made anew");
        }
        return SourceFile.of(path, checksums);
    }
}
