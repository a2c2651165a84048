package dev.polyphony.datasets;

import static dev.polyphony.datasets.TinyImages.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.UserMistake;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TinyImageNetTest {

    private static final String NAME = "tiny-imagenet-200";

    private final Path parent;
    private final Path zip;
    private final List<String> told = new ArrayList<>();
    private final Download download =
            new Download((file, received, total) -> told.add(file + " " + received + "/" + total));
    private Map<String, byte[]> files = Map.of();

    TinyImageNetTest(@TempDir Path outside) {
        parent = outside.resolve("data");
        zip = parent.resolve(NAME + ".zip");
    }

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(parent);
        files = TinyImages.files();
    }

    @Test
    void lastImagesOfEachClass_areTheValidationSplit_andTheOfficialOneTheTestSplit() throws IOException {
        TinyImages.writeTo(parent.resolve(NAME), files);

        Dataset dataset = small(new byte[0]).open(parent, download);

        assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 64, 64));
        assertThat(dataset.train().labels()).containsExactly(0, 1, 0, 1);
        assertThat(dataset.validation().labels()).containsExactly(0, 1);
        assertThat(dataset.test().labels()).containsExactly(1, 0);
        assertThat(reds(dataset.train())).containsExactly(0, 40, 10, 50);
        assertThat(reds(dataset.validation())).containsExactly(20, 60);
        assertThat(reds(dataset.test())).containsExactly(100, 90);
        assertThat(dataset.classNames()).containsExactly("Egyptian cat", "last, the second");
        assertThat(dataset.mean()).containsExactly(0.4802f, 0.4481f, 0.3976f);
        assertThat(dataset.cropPadding()).isEqualTo(8);
        assertThat(told).endsWith(NAME + " test images 24576/24576").contains(NAME + " train images 12288/73728");
    }

    @Test
    void archiveAndDirectory_areTheSameData_decodedOnce() throws IOException {
        TinyImages.writeTo(parent.resolve("other").resolve(NAME), files);
        Dataset fromDirectory = small(new byte[0]).open(parent.resolve("other"), download);
        byte[] archive = TinyImages.zip(NAME + "/", files);
        Files.write(zip, archive);

        Dataset fromArchive = small(archive).open(parent, download);
        Files.delete(zip);
        Dataset again = small(archive).open(parent, download);

        assertThat(fromArchive.checksums()).isEqualTo(fromDirectory.checksums()).hasSize(4);
        Path decoded = parent.resolve(NAME + "-decoded");
        assertThat(fromArchive.checksums())
                .containsEntry("train.npy", Checksum.SHA_256.of(decoded.resolve("train.npy")))
                .containsEntry("test-labels.npy", Checksum.SHA_256.of(decoded.resolve("test-labels.npy")));
        assertThat(again.checksums()).isEqualTo(fromArchive.checksums());
        assertThat(again.train().pixels()).isEqualTo(fromDirectory.train().pixels());
        assertThat(again.train().range(1, 2).pixels()).hasSize(12_288);
    }

    @Test
    void archiveWithAnotherChecksum_isNotRead() throws IOException {
        Files.write(zip, TinyImages.zip(NAME + "/", files));

        assertThatThrownBy(() -> small(new byte[1]).open(parent, download))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(NAME + ".zip: its MD5 is ");
    }

    @Test
    void missingArchive_isAnsweredWithWhatToPutWhere() {
        assertThatThrownBy(() -> small(new byte[0]).open(parent, download))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cannot be downloaded (")
                .hasMessageContaining("put into " + parent.toAbsolutePath());
        assertThat(TinyImageNet.PUBLISHED.archive().toString())
                .isEqualTo("tiny-imagenet-200.zip from http://cs231n.stanford.edu/tiny-imagenet-200.zip"
                        + " (MD5 90528d7ca1a48142e341f4ef8d21d0de)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wnids.txt | n02124075 | 1 lines with 1 classes; right is 2",
                "wnids.txt | n02124075~n02124075 | 2 lines with 1 classes; right is 2",
                "wnids.txt | ../../etc~n02124075 | '../../etc' is no class",
                "val/val_annotations.txt | val_0.JPEG/n00000002 | 1 lines; right is 2",
                "val/val_annotations.txt | val_0.JPEG/n00000002~val_0.JPEG/n02124075 | val_0.JPEG has two lines",
                "val/val_annotations.txt | val_0.JPEG/n00000003~val_1.JPEG/n02124075 | line 1: n00000003 is not in wnids.txt",
                "val/val_annotations.txt | ../../../../etc/passwd/n00000002 | line 1 is not an image's name, a tab and a class",
            })
    void mislabelledFiles_areRefused(String file, String content, String message) throws IOException {
        String text = content.replace('~', '\n').replace("/n0", "\tn0") + "\n";
        files.put(file, text.getBytes(StandardCharsets.UTF_8));

        refused().hasMessageContaining(file + ": ").hasMessageContaining(message);
    }

    @Test
    void missingDamagedOrWrongImages_areRefused_andLeaveNothing() throws IOException {
        String image = TinyImages.train(SECOND, 1);
        byte[] content = files.remove(image);
        refused().hasMessageContaining(image + ": there is no such file");
        files.put(image, Arrays.copyOf(content, content.length / 2));
        refused().hasMessageContaining(image + ": ");
        files.put(image, new byte[9_000_000]);
        refused().hasMessageContaining(image + ": more than 8000000 bytes");
        files.put(image, content);
        files.remove("val/images/val_1.JPEG");
        refused().hasMessageContaining("val/images/val_1.JPEG: there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "tiny-imagenet-200/../../evil", "/tmp/polyphony-evil", "a/./b"})
    void entryOutsideTheDirectory_isRefused(String name) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(name, new byte[] {1});
        files.forEach((file, content) -> entries.put(NAME + "/" + file, content));
        byte[] archive = TinyImages.zip("", entries);
        Files.write(zip, archive);

        assertThatThrownBy(() -> small(archive).open(parent, download))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(".zip: its images cannot be decoded");
        assertThat(parent.resolveSibling("evil")).doesNotExist();
        assertThat(Path.of("/tmp/polyphony-evil")).doesNotExist();
        assertThat(names(parent)).containsExactly(NAME + ".zip");
    }

    @Test
    void truncatedOrForeignArchive_isOneMessage_andLeavesNothing() throws IOException {
        byte[] whole = TinyImages.zip(NAME + "/", files);
        for (byte[] content : List.of(
                Arrays.copyOf(whole, whole.length / 2),
                "no archive".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                TinyImages.zip("other/", files))) {
            Files.write(zip, content);

            assertThatThrownBy(() -> small(content).open(parent, download))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining(NAME + ".zip");
            assertThat(names(parent)).containsExactly(NAME + ".zip");
        }
    }

    @Test
    void decodedImagesThatAreDamaged_areRefused() throws IOException {
        TinyImages.writeTo(parent.resolve(NAME), files);
        small(new byte[0]).open(parent, download);
        Path decoded = parent.resolve(NAME + "-decoded");
        byte[] labels = Files.readAllBytes(decoded.resolve("test-labels.npy"));

        Files.write(decoded.resolve("test-labels.npy"), Arrays.copyOf(labels, labels.length - 1));
        reopenRefused().hasMessageContaining("test-labels.npy: truncated");
        labels[labels.length - 4] = 2;
        Files.write(decoded.resolve("test-labels.npy"), labels);
        reopenRefused().hasMessageContaining("label 2 names no class");
        labels[labels.length - 4] = 0;
        Files.write(decoded.resolve("test-labels.npy"), labels);
        Files.writeString(decoded.resolve("SHA256SUMS"), "nothing");
        reopenRefused().hasMessageContaining("SHA256SUMS: has checksums of []; right is [test-labels.npy, ");
        Files.delete(decoded.resolve("train.npy"));
        reopenRefused().hasMessageContaining("train.npy: there is no such file");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() throws IOException {
        byte[] archive = TinyImages.zip(NAME + "/", files);
        Files.write(zip, archive);
        AbstractThrowableAssert<?, ? extends Throwable> refusal = assertThatThrownBy(
                        () -> small(archive).open(parent, download))
                .isInstanceOf(InvalidDataException.class);
        assertThat(names(parent)).containsExactly(NAME + ".zip");
        return refusal;
    }

    private AbstractThrowableAssert<?, ? extends Throwable> reopenRefused() {
        return assertThatThrownBy(() -> small(new byte[0]).open(parent, download))
                .isInstanceOf(UserMistake.class);
    }

    private static TinyImageNet small(byte[] archive) {
        return new TinyImageNet(
                2,
                3,
                1,
                2,
                new PublishedFile(
                        NAME + ".zip",
                        URI.create("http://127.0.0.1:9/" + NAME + ".zip"),
                        Checksum.MD5,
                        Checksum.MD5.of(archive)));
    }

    /** The first channel in the middle of each image, to the nearest ten: compression moves it a little. */
    private static List<Integer> reds(Images images) {
        List<Integer> reds = new ArrayList<>();
        byte[] image = new byte[images.shape().pixels()];
        for (int i = 0; i < images.count(); i++) {
            images.copy(i, image, 0);
            int red = Byte.toUnsignedInt(image[32 * 64 + 32]);
            int rounded = (red + 5) / 10 * 10;
            assertThat(red).isCloseTo(rounded, Offset.offset(3));
            reds.add(rounded);
        }
        return reds;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
