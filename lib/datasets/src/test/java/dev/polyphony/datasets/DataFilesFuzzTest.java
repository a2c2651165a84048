package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.fuzz.Fuzz;
import dev.polyphony.fuzz.Limits;
import dev.polyphony.fuzz.Mutant;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a file of a data set holds, it is read or refused with one message. */
class DataFilesFuzzTest {

    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);

    /** Pixels are copied once, labels become four bytes. */
    private static final Limits LIMITS = new Limits(InvalidDataException.class, 8);

    /** The JDK's decoder has tables and rows of its own: of the file's size and, once that is known to be right, the image's. */
    private static final Limits JPEG = new Limits(InvalidDataException.class, 250);

    /** One deflated byte stands for at most so many. */
    private static final long DEFLATE_RATIO = 1_032;

    private static Path directory = Path.of("");

    @BeforeContainer
    static void create() throws IOException {
        directory = Files.createTempDirectory("fuzz");
    }

    @AfterContainer
    static void delete() throws IOException {
        delete(directory);
    }

    private static void delete(Path whole) throws IOException {
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static byte[] idxImages() {
        return ByteBuffer.allocate(16 + 12)
                .putInt(0x803)
                .putInt(2)
                .putInt(2)
                .putInt(3)
                .array();
    }

    private static byte[] idxLabels() {
        return ByteBuffer.allocate(8 + 2).putInt(0x801).putInt(2).put((byte) 3).array();
    }

    @Provide
    static Arbitrary<Mutant> idx() {
        return Mutant.of(Map.of("images", idxImages(), "labels", idxLabels()));
    }

    @Fuzz
    void idx(@ForAll("idx") Mutant mutant) {
        SourceFile damaged = new SourceFile("damaged", mutant.bytes());
        SourceFile images = new SourceFile("images", idxImages());
        SourceFile labels = new SourceFile("labels", idxLabels());
        int size = mutant.bytes().length;
        boolean asImages = LIMITS.areKept(size, () -> IdxReader.read(damaged, labels, SHAPE, 10));
        boolean asLabels = LIMITS.areKept(size, () -> IdxReader.read(images, damaged, SHAPE, 10));
        note(asImages || asLabels);
    }

    @Provide
    static Arbitrary<Mutant> cifar() {
        return Mutant.of(Map.of("cifar", new byte[2 * 3_073]));
    }

    @Fuzz
    void cifar(@ForAll("cifar") Mutant mutant) {
        SourceFile damaged = new SourceFile("damaged", mutant.bytes());
        note(LIMITS.areKept(mutant.bytes().length, () -> new CifarReader(1, 10, 2).read(List.of(damaged))));
    }

    /** As many images as CIFAR has, in a file that has none of them. */
    @Fuzz
    void wholeCifar(@ForAll("cifar") Mutant mutant) {
        SourceFile damaged = new SourceFile("damaged", mutant.bytes());
        boolean accepted =
                LIMITS.areKept(mutant.bytes().length, () -> new CifarReader(2, 100, 50_000).read(List.of(damaged)));
        assertThat(accepted).isFalse();
    }

    @Provide
    static Arbitrary<Mutant> gzip() throws IOException {
        return Mutant.of(Map.of("labels", gzip(idxLabels()), "zeros", gzip(new byte[100_000])));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Fuzz
    void gzip(@ForAll("gzip") Mutant mutant) {
        int size = mutant.bytes().length;
        note(LIMITS.areKept(
                Math.min(1 << 20, size * DEFLATE_RATIO),
                () -> SourceFile.decompressed("labels.gz", mutant.bytes(), 1 << 20)));
    }

    @Provide
    static Arbitrary<Mutant> mat() {
        byte[] images = SvhnReaderTest.images(2);
        byte[] labels = SvhnReaderTest.labels((byte) 1, (byte) 10);
        return Mutant.of(
                Map.of("plain", MatFiles.plain(labels, images), "compressed", MatFiles.compressed(images, labels)));
    }

    @Fuzz
    void mat(@ForAll("mat") Mutant mutant) throws IOException {
        Path file = Files.write(directory.resolve("digits.mat"), mutant.bytes());
        note(LIMITS.areKept(mutant.bytes().length * DEFLATE_RATIO, () -> SvhnReader.read(file)));
    }

    /** One array is damaged and then compressed. */
    @Fuzz
    void matArray(@ForAll("matArrays") Mutant mutant) throws IOException {
        byte[] labels = SvhnReaderTest.labels((byte) 1, (byte) 10);
        Path file = Files.write(directory.resolve("digits.mat"), MatFiles.compressed(labels, mutant.bytes()));
        note(LIMITS.areKept(mutant.bytes().length + labels.length, () -> SvhnReader.read(file)));
    }

    @Provide
    static Arbitrary<Mutant> matArrays() {
        return Mutant.of(Map.of("images", SvhnReaderTest.images(2)));
    }

    @Provide
    static Arbitrary<Mutant> jpeg() throws IOException {
        return Mutant.of(Map.of("colour", TinyImages.plain(new Color(10, 20, 200)), "grey", TinyImages.grey(77)));
    }

    @Fuzz
    void jpeg(@ForAll("jpeg") Mutant mutant) {
        ImageShape shape = new ImageShape(3, 64, 64);
        note(JPEG.areKept(mutant.bytes().length + shape.pixels(), () -> {
            try (JpegReader reader = new JpegReader()) {
                reader.read("a.JPEG", mutant.bytes(), shape, new byte[shape.pixels()]);
            }
        }));
    }

    @Provide
    static Arbitrary<Mutant> tar() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : List.of("a.bin", "deep/b.bin", "long".repeat(20))) {
            files.put("files/" + name, new byte[700]);
        }
        Path written = Files.createTempFile("sample", ".tar.gz");
        try {
            TarArchiveTest.write(written, files);
            byte[] compressed = Files.readAllBytes(written);
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(written))) {
                return Mutant.of(Map.of("compressed", compressed, "plain", in.readAllBytes()));
            }
        } finally {
            Files.delete(written);
        }
    }

    @Fuzz
    void tar(@ForAll("tar") Mutant mutant) throws IOException {
        Path parent = Files.createDirectory(directory.resolve("parent"));
        Path archive = Files.write(parent.resolve("a.tar"), mutant.bytes());
        note(LIMITS.areKept(
                Math.min(1 << 20, mutant.bytes().length * DEFLATE_RATIO),
                () -> TarArchive.unpack(archive, parent.resolve("files"), 1 << 20)));
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName()))).isSubsetOf("a.tar", "files");
        }
        delete(parent);
    }

    private static void note(boolean accepted) {
        Statistics.collect(accepted);
        Statistics.coverage(both -> {
            both.check(true).count(count -> count > 0);
            both.check(false).count(count -> count > 0);
        });
    }
}
