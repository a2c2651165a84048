package dev.polyphony.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {

    private final Path directory;

    NpzTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void arrays_comeBackInOrder() {
        Path file = directory.resolve("new/arrays.npz");
        NpyArray labels = NpyArray.ofInts(new int[] {3, 1}, 2);
        NpyArray empty = NpyArray.ofFloats(new float[0], 0, 5);

        try (NpzWriter writer = new NpzWriter(file)) {
            writer.add("labels", labels);
            writer.add("empty", empty);
        }

        assertThat(Npz.read(file)).containsExactly(Map.entry("labels", labels), Map.entry("empty", empty));
    }

    @Test
    void streamedArray_isTheSameAsAWholeOne() throws IOException {
        NpyArray array = NpyArray.ofFloats(new float[] {1, 2, 3, 4}, 2, 2);
        Path whole = directory.resolve("whole.npz");
        Path streamed = directory.resolve("streamed.npz");

        Npz.write(whole, Map.of("x", array));
        try (NpzWriter writer = new NpzWriter(streamed)) {
            try (OutputStream out = writer.begin("x", NpyType.FLOAT32, 2, 2)) {
                for (byte value : array.toBytes()) {
                    out.write(value);
                }
            }
        }

        assertThat(streamed).hasSameBinaryContentAs(whole);
    }

    @Test
    void unfinishedArray_leavesNothing() throws IOException {
        Path file = directory.resolve("a.npz");

        assertThatThrownBy(() -> {
                    try (NpzWriter writer = new NpzWriter(file);
                            OutputStream out = writer.begin("x", NpyType.UINT8, 3)) {
                        out.write(1);
                    }
                })
                .hasMessage("2 bytes of the array are missing");
        assertThat(files()).isEmpty();
    }

    @Test
    void unfinishedArray_leavesTheOldFile() throws IOException {
        Path file = directory.resolve("a.npz");
        NpyArray old = NpyArray.ofBytes(new byte[] {1}, 1);
        Npz.write(file, Map.of("old", old));

        try (NpzWriter writer = new NpzWriter(file)) {
            writer.add("new", old);
            writer.begin("never", NpyType.UINT8, 3);
        }

        assertThat(Npz.read(file)).containsOnlyKeys("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void refusedArray_leavesTheOldFile() throws IOException {
        Path file = directory.resolve("a.npz");
        NpyArray array = NpyArray.ofBytes(new byte[] {1}, 1);
        Npz.write(file, Map.of("old", array));

        assertThatThrownBy(() -> Npz.write(file, writer -> {
                    writer.add("new", array);
                    writer.add("no name", array);
                }))
                .hasMessageContaining("cannot name an array");
        try (NpzWriter writer = new NpzWriter(file)) {
            assertThatThrownBy(() -> writer.begin("huge", NpyType.UINT8, 1L << 40))
                    .isInstanceOf(IllegalArgumentException.class);
            writer.add("later", array);
        }
        try (NpzWriter writer = new NpzWriter(file);
                OutputStream out = writer.begin("long", NpyType.UINT8, 1)) {
            out.write(1);
            assertThatThrownBy(() -> out.write(2)).hasMessageContaining("more bytes than");
        }

        assertThat(Npz.read(file)).containsOnlyKeys("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void contentsThatFailBetweenTwoArrays_leaveTheOldFile() throws IOException {
        Path file = directory.resolve("a.npz");
        NpyArray array = NpyArray.ofBytes(new byte[] {1}, 1);
        Npz.write(file, Map.of("old", array));

        assertThatThrownBy(() -> Npz.write(file, writer -> {
                    writer.add("new", array);
                    throw new IOException("the source is gone");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the source is gone");

        assertThat(Npz.read(file)).containsOnlyKeys("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void archive_isReadableLikeAnyOtherFile() throws IOException {
        Path file = directory.resolve("a.npz");
        Npz.write(file, Map.of("x", NpyArray.ofBytes(new byte[] {1}, 1)));

        Path other = Files.createFile(directory.resolve("other"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void archiveThatInflatesTooFar_isRefused() {
        Path file = directory.resolve("bomb.npz");
        NpyArray zeros = NpyArray.ofBytes(new byte[100_000], 100_000);
        Npz.write(file, writer -> {
            writer.add("a", zeros);
            writer.add("b", zeros);
        });

        assertThat(file.toFile().length()).isLessThan(2_500);
        assertThat(Npz.read(file, 200_256)).hasSize(2);
        assertThatThrownBy(() -> Npz.read(file, 200_255))
                .isInstanceOf(InvalidNpyException.class)
                .hasMessageContaining("b.npy: the arrays up to this one have 200256 bytes; at most 200255 are read");
    }

    @Test
    void sizeThatTheArchiveUnderstates_isNotExceeded() throws IOException {
        Path file = directory.resolve("a.npz");
        Npz.write(file, Map.of("x", NpyArray.ofBytes(new byte[100_000], 100_000)));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.capacity() - 22;
        int directoryStart = bytes.getInt(end + 16);
        bytes.putInt(directoryStart + 24, 1_000);
        Files.write(file, bytes.array());

        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(InvalidNpyException.class)
                .hasMessageContaining("needs 100000 bytes, the whole entry has 1000");
    }

    @Test
    void writer_refusesWrongUse() {
        Path file = directory.resolve("a.npz");
        NpyArray array = NpyArray.ofBytes(new byte[] {1}, 1);
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.add("x", array);
            assertThatThrownBy(() -> writer.add("x", array)).hasMessageContaining("'x' cannot name an array");
            assertThatThrownBy(() -> writer.add("../x", array)).hasMessageContaining("cannot name an array");
            OutputStream out = writer.begin("y", NpyType.UINT8, 1);
            assertThatThrownBy(() -> writer.add("z", array)).hasMessage("the previous array is not finished");
            assertThatThrownBy(() -> out.write(new byte[2])).hasMessageContaining("more bytes than");
        }
    }

    @Test
    void missingAndForeignFiles_areRefused() throws IOException {
        assertThatThrownBy(() -> Npz.read(directory.resolve("none.npz"))).hasMessageEndingWith("there is no such file");
        Path text = Files.writeString(directory.resolve("text.npz"), "not a zip file");
        assertThatThrownBy(() -> Npz.read(text))
                .isInstanceOf(InvalidNpyException.class)
                .hasMessageContaining("not a readable NPZ archive");
        Path other = directory.resolve("other.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertThatThrownBy(() -> Npz.read(other)).hasMessageEndingWith("its name does not end with .npy");
    }

    @Test
    void damage_isAlwaysNoticed() throws IOException {
        Path file = directory.resolve("a.npz");
        byte[] noise = new byte[200];
        new java.util.Random(1).nextBytes(noise);
        Npz.write(file, Map.of("x", NpyArray.ofBytes(noise, 200)));
        byte[] good = Files.readAllBytes(file);

        byte[] flipped = good.clone();
        flipped[200] ^= 1;
        Files.write(file, flipped);
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(InvalidNpyException.class);
        Files.write(file, Arrays.copyOf(good, good.length - 30));
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(InvalidNpyException.class);
    }

    private java.util.List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
