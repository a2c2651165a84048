package dev.polyphony.datasets;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the bundled subset of Fashion-MNIST from the whole data set. Of the training files, the first 600 images of
 * each class are the training split and the next 100 of each the validation split; of the t10k files, the first 200 of
 * each class are the test split; always in the order of the files.
 *
 * <p>Run it with the directory of the four published files and the directory to write to.
 */
public final class FashionMnistSubset {

    static final int TRAIN_PER_CLASS = 600;
    static final int VALIDATION_PER_CLASS = 100;
    static final int TEST_PER_CLASS = 200;

    private FashionMnistSubset() {}

    /** Arguments: source directory, target directory. */
    public static void main(String[] arguments) throws IOException {
        Path source = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        Images training = read(source, "train");
        write(train(training), target, "train");
        write(validation(training), target, "validation");
        write(test(read(source, "t10k")), target, "test");
    }

    static Images train(Images training) {
        return ofEachClass(training, 0, TRAIN_PER_CLASS);
    }

    static Images validation(Images training) {
        return ofEachClass(training, TRAIN_PER_CLASS, TRAIN_PER_CLASS + VALIDATION_PER_CLASS);
    }

    static Images test(Images test) {
        return ofEachClass(test, 0, TEST_PER_CLASS);
    }

    static Images read(Path directory, String split) {
        return IdxReader.read(
                SourceFile.of(directory.resolve(split + "-images-idx3-ubyte.gz"), new TreeMap<>()),
                SourceFile.of(directory.resolve(split + "-labels-idx1-ubyte.gz"), new TreeMap<>()),
                FashionMnist.SHAPE,
                FashionMnist.CLASS_NAMES.size());
    }

    /** The images that are, within their class, at places from one to before another. */
    private static Images ofEachClass(Images images, int from, int to) {
        int[] seen = new int[FashionMnist.CLASS_NAMES.size()];
        int[] chosen = IntStream.range(0, images.count())
                .filter(i -> {
                    int place = seen[images.labels()[i]]++;
                    return place >= from && place < to;
                })
                .toArray();
        int size = images.shape().pixels();
        byte[] pixels = new byte[chosen.length * size];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(images.pixels(), chosen[i] * size, pixels, i * size, size);
        }
        int[] labels = Arrays.stream(chosen).map(i -> images.labels()[i]).toArray();
        return new Images(images.shape(), pixels, labels);
    }

    private static void write(Images images, Path directory, String split) throws IOException {
        try (DataOutputStream out = create(directory.resolve(split + "-images-idx3-ubyte.gz"))) {
            out.writeInt(0x803);
            out.writeInt(images.count());
            out.writeInt(images.shape().height());
            out.writeInt(images.shape().width());
            out.write(images.pixels());
        }
        try (DataOutputStream out = create(directory.resolve(split + "-labels-idx1-ubyte.gz"))) {
            out.writeInt(0x801);
            out.writeInt(images.count());
            for (int label : images.labels()) {
                out.writeByte(label);
            }
        }
    }

    private static DataOutputStream create(Path file) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
    }
}
