package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

        TarArchive.unpack(archive, directory);

        assertThat(directory.resolve("a.bin")).hasContent("a");
        assertThat(directory.resolve("deep/b.bin")).hasContent("b");
        assertThat(names()).containsExactlyInAnyOrder("a.tar.gz", "files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "files/../../evil", "/tmp/polyphony-evil", "files/../../../evil"})
    void entryOutsideTheDirectory_isRefused(String name) throws IOException {
        write(archive, Map.of(name, bytes("evil")));

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("is not a file or directory inside");
        assertThat(names()).containsExactly("a.tar.gz");
        assertThat(parent.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void link_isRefused() throws IOException {
        try (TarArchiveOutputStream tar = create(archive)) {
            TarArchiveEntry link = new TarArchiveEntry("files/link", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> TarArchive.unpack(archive, directory)).isInstanceOf(InvalidDataException.class);
        assertThat(names()).containsExactly("a.tar.gz");
    }

    @Test
    void damagedOrForeignArchive_isOneMessage_andLeavesNothing() throws IOException {
        Files.writeString(archive, "no archive");
        assertThatThrownBy(() -> TarArchive.unpack(archive, directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a.tar.gz: cannot be unpacked to ");
        write(archive, Map.of("other/a.bin", bytes("a")));
        assertThatThrownBy(() -> TarArchive.unpack(archive, directory)).isInstanceOf(InvalidDataException.class);
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private java.util.List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
