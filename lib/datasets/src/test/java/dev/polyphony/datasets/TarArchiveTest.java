package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {

    private static final long MAXIMUM_BYTES = 400_000_000;

    private final Path parent;
    private final Path archive;
    private final Path directory;

    TarArchiveTest(@TempDir Path outside) throws IOException {
        parent = Files.createDirectory(outside.resolve("parent"));
        archive = parent.resolve("a.tar.gz");
        directory = parent.resolve("files");
    }

    @Test
    void directory_isUnpackedWhole() throws IOException {
        write(archive, Map.of("files/a.bin", bytes("a"), "files/deep/b.bin", bytes("b")));

        TarArchive.unpack(archive, directory, MAXIMUM_BYTES);

        assertThat(directory.resolve("a.bin")).hasContent("a");
        assertThat(directory.resolve("deep/b.bin")).hasContent("b");
        assertThat(names()).containsExactlyInAnyOrder("a.tar.gz", "files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "files/../../evil", "/tmp/polyphony-evil", "files/../../../evil"})
    void entryOutsideTheDirectory_isRefused(String name) throws IOException {
        write(archive, Map.of(name, bytes("evil")));

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("is not a file or directory inside");
        assertThat(names()).containsExactly("a.tar.gz");
        assertThat(parent.resolveSibling("evil")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR})
    void linkOrDevice_isRefused(byte kind) throws IOException {
        try (TarArchiveOutputStream tar = create(archive)) {
            TarArchiveEntry link = new TarArchiveEntry("files/link", kind);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class);
        assertThat(names()).containsExactly("a.tar.gz");
    }

    @Test
    void fileWithHoles_isRefused() throws IOException {
        byte[] header = tarHeader("files/holes", 512, 'S');
        // The old GNU format: real size at 483, one chunk of 512 bytes at the very end of 100 GB.
        octal(header, 386, 12, 100_000_000_000L - 512);
        octal(header, 398, 12, 512);
        octal(header, 483, 12, 34_000_000_000L);
        seal(header);
        gzip(header, new byte[512], new byte[1024]);

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class);
        assertThat(names()).containsExactly("a.tar.gz");
    }

    @Test
    void bomb_isRefused_beforeItIsWritten() throws IOException {
        byte[] header = tarHeader("files/bomb", 7_000_000_000L, '0');
        seal(header);
        gzip(header, new byte[4096]);

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("unpacks to more than 400000000 bytes or 1000 files");
        assertThat(names()).containsExactly("a.tar.gz");
    }

    @Test
    void nameWithoutEnd_isRefused_beforeItIsInMemory() throws IOException {
        byte[] header = tarHeader("././@LongLink", 300_000_000, 'L');
        seal(header);
        byte[][] parts = new byte[4][];
        Arrays.fill(parts, new byte[1_000_000]);
        parts[0] = header;
        gzip(parts);

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("or its description does");
    }

    @Test
    void moreFilesThanAnyDataSetHas_areRefused() throws IOException {
        try (TarArchiveOutputStream tar = create(archive)) {
            for (int i = 0; i < 1_001; i++) {
                tar.putArchiveEntry(new TarArchiveEntry("files/" + i + "/"));
                tar.closeArchiveEntry();
            }
        }

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .hasMessageContaining("or 1000 files");
        assertThat(names()).containsExactly("a.tar.gz");
    }

    @Test
    void truncatedArchive_leavesNothing() throws IOException {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);
        write(archive, Map.of("files/a.bin", random));
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 50_000));

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cannot be unpacked");
        assertThat(names()).containsExactly("a.tar.gz");
    }

    @Test
    void damagedOrForeignArchive_isOneMessage_andLeavesNothing() throws IOException {
        Files.writeString(archive, "no archive");
        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a.tar.gz: cannot be unpacked to ");
        write(archive, Map.of("other/a.bin", bytes("a")));
        assertThatThrownBy(() -> TarArchive.unpack(archive, directory, MAXIMUM_BYTES))
                .isInstanceOf(InvalidDataException.class);
        assertThat(names()).containsExactly("a.tar.gz");
    }

    static void write(Path archive, Map<String, byte[]> files) throws IOException {
        try (TarArchiveOutputStream tar = create(archive)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }

    private static TarArchiveOutputStream create(Path archive) throws IOException {
        return new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)));
    }

    private void gzip(byte[]... parts) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            for (byte[] part : parts) {
                out.write(part);
            }
        }
    }

    private static byte[] tarHeader(String name, long size, char kind) {
        byte[] header = new byte[512];
        System.arraycopy(bytes(name), 0, header, 0, name.length());
        octal(header, 100, 8, 0644);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        header[156] = (byte) kind;
        System.arraycopy(bytes("ustar  "), 0, header, 257, 7);
        return header;
    }

    private static void octal(byte[] header, int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        String padded = "0".repeat(Math.max(0, length - 1 - digits.length())) + digits;
        System.arraycopy(bytes(padded), 0, header, offset, Math.min(length, padded.length()));
    }

    private static void seal(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : header) {
            sum += Byte.toUnsignedInt(value);
        }
        octal(header, 148, 7, sum);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
