package dev.polyphony.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFileTest {

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void goldenFile_staysReadable(Samples.Sample sample) throws IOException {
        assertThat(sample.decode().apply(golden(sample.name()))).isEqualTo(sample.record());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void encoding_isStillTheGoldenBytes(Samples.Sample sample) throws IOException {
        assertThat(sample.encode().get()).isEqualTo(golden(sample.name()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void truncationAtEveryByte_isUnreadable(Samples.Sample sample) throws IOException {
        byte[] whole = golden(sample.name());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(UnreadableRecordException.class)
                    .as("%s cut to %d of %d bytes", sample, length, whole.length)
                    .isThrownBy(() -> sample.decode().apply(cut));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anyFlippedByte_isReadOrUnreadable(Samples.Sample sample) throws IOException {
        byte[] bytes = golden(sample.name());
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) 0xff;
            try {
                Object unused = sample.decode().apply(flipped);
            } catch (UnreadableRecordException expected) {
                assertThat(expected).hasMessageContaining("record");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anotherVersion_isNamed(Samples.Sample sample) throws IOException {
        byte[] bytes = golden(sample.name());
        // Every message begins with field 1, the version.
        assertThat(bytes).startsWith(0x08, 0x01);
        bytes[1] = 2;
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> sample.decode().apply(bytes))
                .withMessageContaining("version 2; this program reads version 1");
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/golden/v1/" + name + ".bin")) {
            assertThat(file).as("golden file %s", name).isNotNull();
            return file.readAllBytes();
        }
    }
}
