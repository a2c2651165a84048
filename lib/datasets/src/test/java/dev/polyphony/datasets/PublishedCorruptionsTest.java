package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.datasets.npy.InvalidNpyException;
import dev.polyphony.datasets.npy.Npy;
import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.NpyType;
import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.DatasetPart.Augmentation;
import dev.polyphony.experiment.UserMistake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedCorruptionsTest {

    private static final int COUNT = 2;
    private static final int IMAGE = 3072;
    private static final long[] LABELS = {1, 9, 1, 9, 1, 9, 1, 9, 1, 9};

    private final Path parent;
    private final Path files;

    PublishedCorruptionsTest(@TempDir Path parent) {
        this.parent = parent;
        this.files = parent.resolve("CIFAR-10-C");
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(files);
        Files.write(files.resolve("labels.npy"), npy(integers(LABELS)));
        Files.write(files.resolve("fog.npy"), npy(pixels()));
    }

    @Test
    void severity_isOneOfFiveParts_inPlanes() {
        Images third = open().images("fog", 3);

        assertThat(third.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(third.labels()).containsExactly(1, 9);
        for (int image = 0; image < COUNT; image++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int row = 0; row < 32; row += 31) {
                    int position = image * IMAGE + channel * 1024 + row * 32 + 5;
                    assertThat(third.pixels()[position]).isEqualTo(pixel(4 + image, row, 5, channel));
                }
            }
        }
        assertThat(open().images("fog", 1).pixels()[0]).isEqualTo(pixel(0, 0, 0, 0));
        assertThat(open().images("fog", 5).pixels()[COUNT * IMAGE - 1]).isEqualTo(pixel(9, 31, 31, 2));
    }

    @Test
    void archive_isUnpackedOnce() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            for (String name : new String[] {"labels.npy", "fog.npy"}) {
                TarArchiveEntry entry = new TarArchiveEntry("CIFAR-10-C/" + name);
                entry.setSize(Files.size(files.resolve(name)));
                tar.putArchiveEntry(entry);
                Files.copy(files.resolve(name), tar);
                tar.closeArchiveEntry();
                Files.delete(files.resolve(name));
            }
        }
        Files.delete(files);
        Files.write(parent.resolve("CIFAR-10-C.tar"), archive.toByteArray());
        PublishedFile published = new PublishedFile(
                "CIFAR-10-C.tar",
                URI.create("http://127.0.0.1:9/CIFAR-10-C.tar"),
                Checksum.MD5,
                Checksum.MD5.of(archive.toByteArray()));
        CorruptedCifar source = new CorruptedCifar("cifar-10", "CIFAR-10-C", 10, COUNT, published);

        source.open(parent, new Download(DownloadProgress.NONE));
        Files.delete(parent.resolve("CIFAR-10-C.tar"));
        PublishedCorruptions opened = source.open(parent, new Download(DownloadProgress.NONE));

        assertThat(opened.images("fog", 1).labels()).containsExactly(1, 9);
    }

    @Test
    void missingArchive_isAnsweredWithWhatToPutWhere() {
        PublishedFile published = CorruptedCifar.CIFAR_100_C.archive();
        assertThat(published.toString())
                .isEqualTo("CIFAR-100-C.tar from https://zenodo.org/records/3555552/files/CIFAR-100-C.tar"
                        + " (MD5 11f0ed0f1191edbf9fa23466ae6021d3)");
        PublishedFile nowhere =
                new PublishedFile("c.tar", URI.create("http://127.0.0.1:9/c.tar"), Checksum.MD5, published.digest());
        CorruptedCifar source = new CorruptedCifar("cifar-100", "CIFAR-100-C", 100, COUNT, nowhere);

        assertThatThrownBy(() -> source.open(parent, new Download(DownloadProgress.NONE)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("c.tar cannot be downloaded (")
                .hasMessageContaining("put into " + parent.toAbsolutePath());
    }

    @Test
    void otherDatasets_haveNone() {
        assertThatThrownBy(
                        () -> PublishedCorruptions.open(new DatasetPart("fashion-mnist", Augmentation.NONE, 0), parent))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("corruptions are published for cifar-10 and cifar-100, not for fashion-mnist;"
                        + " its corruptions can be made here (evaluation.corruptions: local)");
    }

    @Test
    void corruptionOrSeverityThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> open().images("fog", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().images("fog", 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().images("../fog", 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there is no corruption '../fog'");
        assertThatThrownBy(() -> open().images("snow", 1))
                .isInstanceOf(InvalidNpyException.class)
                .hasMessageEndingWith("snow.npy: there is no such file");
    }

    @Test
    void arrayOfAnotherForm_isRefused() throws IOException {
        byte[] bytes = pixels().toBytes();
        fogRefused(npy(NpyArray.ofBytes(bytes, 10, 3, 32, 32))).hasMessageContaining("right is |u1[10, 32, 32, 3]");
        fogRefused(npy(NpyArray.ofBytes(Arrays.copyOf(bytes, 8 * IMAGE), 8, 32, 32, 3)))
                .hasMessageContaining("an array |u1[8, 32, 32, 3]");
        fogRefused(npy(NpyArray.ofFloats(new float[10 * IMAGE], 10, 32, 32, 3))).hasMessageContaining("an array <f4");
        byte[] whole = npy(pixels());
        fogRefused(Arrays.copyOf(whole, whole.length - 1)).hasMessageContaining("truncated");
        fogRefused(Arrays.copyOf(whole, whole.length + 1)).hasMessageContaining("there are bytes after the array");
        fogRefused(Arrays.copyOf(whole, 20)).hasMessageContaining("truncated");
        fogRefused(new byte[100]).hasMessageContaining("not an NPY file");
    }

    @Test
    void labelsOfOtherImages_areRefused() throws IOException {
        long[] changed = LABELS.clone();
        changed[6] = 2;
        labelsRefused(integers(changed)).hasMessageContaining("image 6 (from 0 on) has label 2, the same image");
        changed[6] = 10;
        labelsRefused(integers(changed)).hasMessageContaining("label 10 of image 6");
        changed[6] = -1;
        labelsRefused(integers(changed)).hasMessageContaining("label -1 of image 6");
        changed[6] = Long.MAX_VALUE;
        labelsRefused(integers(changed)).hasMessageContaining("label 9223372036854775807 of image 6");
        labelsRefused(integers(new long[8])).hasMessageContaining("an array <i8[8]; right are integers [10]");
        labelsRefused(NpyArray.ofFloats(new float[10], 10)).hasMessageContaining("right are integers [10]");
    }

    private PublishedCorruptions open() {
        return new PublishedCorruptions(files, 10, COUNT);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> fogRefused(byte[] content) throws IOException {
        Files.write(files.resolve("fog.npy"), content);
        return assertThatThrownBy(() -> open().images("fog", 1))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("fog.npy: ");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> labelsRefused(NpyArray labels) throws IOException {
        Files.write(files.resolve("labels.npy"), npy(labels));
        return assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("labels.npy: ");
    }

    private static NpyArray integers(long[] values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return new NpyArray(NpyType.INT64, new long[] {values.length}, data);
    }

    /** [10, 32, 32, 3]. */
    private static NpyArray pixels() {
        byte[] values = new byte[10 * IMAGE];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixel(i / IMAGE, i / 96 % 32, i / 3 % 32, i % 3);
        }
        return NpyArray.ofBytes(values, 10, 32, 32, 3);
    }

    private static byte pixel(int image, int row, int column, int channel) {
        return (byte) (image * 11 + row * 5 + column * 3 + channel * 101);
    }

    private static byte[] npy(NpyArray array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream closed = out) {
            Npy.write(array, closed);
        }
        return out.toByteArray();
    }
}
