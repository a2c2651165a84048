package dev.polyphony.launcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.UserMistake;
import dev.polyphony.launcher.archive.RecordFile.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class RecordFileTest {

    /** Frozen: what version 1 wrote must stay readable. Written once, by {@code -Darchive.write=true}. */
    private static final String GOLDEN = "v1/plan-0.records";

    private static final List<Entry> ENTRIES = List.of(
            new Entry(1_700_000_000_000L, bytes("0"), bytes("first"), List.of()),
            new Entry(-1, null, null, List.of(new RecordHeader("empty", null), new RecordHeader("größe", bytes("1")))),
            new Entry(Long.MAX_VALUE, new byte[0], new byte[0], List.of(new RecordHeader("", new byte[] {-128, 0}))));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] write(List<Entry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordFile.Writer writer = new RecordFile.Writer(out);
        for (Entry entry : entries) {
            writer.write(entry);
        }
        writer.flush();
        return out.toByteArray();
    }

    private static List<Entry> read(byte[] file) throws IOException {
        RecordFile.Reader reader = new RecordFile.Reader(new ByteArrayInputStream(file), "the file");
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = reader.read(); entry != null; entry = reader.read()) {
            entries.add(entry);
        }
        return entries;
    }

    private static void assertSame(List<Entry> found, List<Entry> wanted) {
        assertThat(found)
                .usingRecursiveComparison()
                .comparingOnlyFields("timestamp", "key", "value")
                .isEqualTo(wanted);
        assertThat(found.stream().map(Entry::headers))
                .isEqualTo(wanted.stream().map(Entry::headers).toList());
    }

    @Test
    void records_areReadAsTheyWereWritten() throws IOException {
        assertSame(read(write(ENTRIES)), ENTRIES);
        assertThat(read(write(List.of()))).isEmpty();
    }

    @Test
    void goldenFile_staysReadable_andIsWrittenAgain() throws IOException {
        if (Boolean.getBoolean("archive.write")) {
            Path file =
                    Path.of("src/test/resources/dev/polyphony/launcher/archive").resolve(GOLDEN);
            Files.createDirectories(file.getParent());
            Files.write(file, write(ENTRIES));
        }
        try (var in = RecordFileTest.class.getResourceAsStream(GOLDEN)) {
            byte[] golden = Objects.requireNonNull(in, GOLDEN).readAllBytes();
            assertSame(read(golden), ENTRIES);
            assertThat(write(ENTRIES)).isEqualTo(golden);
        }
    }

    @Test
    void header_isAsDocumented() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(write(ENTRIES.subList(0, 1)));
        assertThat(new String(file.array(), 0, 8, StandardCharsets.US_ASCII)).isEqualTo("POLYARCH");
        assertThat(file.getInt(8)).isEqualTo(1);
        assertThat(file.getLong(12)).isEqualTo(1_700_000_000_000L);
        assertThat(file.getInt(20)).isEqualTo(1);
        assertThat(file.get(24)).isEqualTo((byte) '0');
        assertThat(file.getInt(25)).isEqualTo(5);
        assertThat(file.getInt(34)).isZero();
        assertThat(file.limit()).isEqualTo(38);
    }

    @Test
    void file_cutOffAnywhere_isRefusedOrEndsBetweenRecords() throws IOException {
        byte[] whole = write(ENTRIES);
        int ends = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                assertThat(read(cut)).hasSizeLessThan(ENTRIES.size());
                ends++;
            } catch (DamagedArchiveException refused) {
                assertThat(refused).hasMessageStartingWith("the file ");
            }
        }
        // After the header, after the first and after the second record; the manifest knows their number.
        assertThat(ends).isEqualTo(3);
    }

    @Test
    void foreignFiles_areRefused() throws IOException {
        byte[] later = write(ENTRIES);
        later[11] = 2;
        assertThatThrownBy(() -> read(later))
                .isInstanceOf(UserMistake.class)
                .hasMessage("the file has version 2, this program reads version 1");
        assertThatThrownBy(() -> read(bytes("PK\3\4 something else")))
                .isInstanceOf(UserMistake.class)
                .hasMessage("the file does not begin like a file of records");
    }

    @Test
    void lengthsThatAreNotThere_takeNoMemory() throws IOException {
        for (int length : new int[] {Integer.MAX_VALUE, -2, 64 << 20}) {
            byte[] file = write(ENTRIES.subList(0, 1));
            ByteBuffer.wrap(file).putInt(25, length);
            assertThatThrownBy(() -> read(file)).isInstanceOf(DamagedArchiveException.class);
        }
        byte[] headers = write(ENTRIES.subList(0, 1));
        ByteBuffer.wrap(headers).putInt(34, Integer.MAX_VALUE);
        assertThatThrownBy(() -> read(headers)).isInstanceOf(DamagedArchiveException.class);
    }
}
