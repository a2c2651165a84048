package dev.polyphony.datasets;

import dev.polyphony.experiment.DatasetPart;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Opens data sets by name. */
public final class DatasetCatalog {
    private DatasetCatalog() {}

    /** Opens one. */
    public static Dataset open(DatasetPart part, Path directory) {
        SortedMap<String, String> sums = new TreeMap<>();
        Images train = read("train", sums);
        if (part.trainSamples() > 0) {
            train = new Images(
                    train.shape(),
                    Arrays.copyOf(
                            train.pixels(), part.trainSamples() * train.shape().pixels()),
                    Arrays.copyOf(train.labels(), part.trainSamples()));
        }
        return new Dataset(
                part.name(),
                train.shape(),
                10,
                List.of("t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"),
                train,
                read("validation", sums),
                read("test", sums),
                List.of(0.2858f),
                List.of(0.3529f),
                sums);
    }

    private static Images read(String split, SortedMap<String, String> sums) {
        byte[] images = bytes(split + "-images-idx3-ubyte.gz", sums);
        byte[] labels = bytes(split + "-labels-idx1-ubyte.gz", sums);
        int[] y = new int[labels.length - 8];
        for (int i = 0; i < y.length; i++) {
            y[i] = labels[8 + i];
        }
        return new Images(new ImageShape(1, 28, 28), Arrays.copyOfRange(images, 16, images.length), y);
    }

    private static byte[] bytes(String name, SortedMap<String, String> sums) {
        try (InputStream in = DatasetCatalog.class.getResourceAsStream("fashion-mnist-small/" + name)) {
            byte[] raw = new DataInputStream(in).readAllBytes();
            sums.put(
                    name,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(raw)));
            return new GZIPInputStream(new java.io.ByteArrayInputStream(raw)).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
