package dev.polyphony.models.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {

    private static final String SOURCE = "model.safetensors";

    /** Written once, by a few lines of Python from the description of the format; must stay readable, and be what is written today. */
    @Test
    void goldenFile_isWhatIsWritten() throws IOException {
        assertThat(sample().encode()).isEqualTo(golden());
    }

    @Test
    void goldenFile_isRead() throws IOException {
        SafeTensors file = SafeTensors.decode(golden(), SOURCE);
        assertThat(file.metadata()).containsExactly(Map.entry("a", "first"), Map.entry("é", "\"quoted\""));
        assertThat(file.tensors()).extracting(Tensor::name).containsExactly("w", "n", "p");
        float[] values = new float[7];
        file.tensors().get(0).copyTo(values, 1);
        assertThat(values).containsExactly(0, 1, -2, 0.5f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, -0f);
        assertThat(file.tensors().get(1).data().getLong(0)).isEqualTo(-2);
        assertThat(file.tensors().get(2).data().get(0)).isEqualTo((byte) 200);
    }

    /** Against the format's description, not against the reader. */
    @Test
    void header_isAligned_andSaysWhereTheDataAre() {
        byte[] bytes = sample().encode();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong(0);
        assertThat(length % 8).isZero();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        assertThat(header).startsWith("{\"__metadata__\":{\"a\":\"first\"");
        assertThat(header).contains("\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
        assertThat(header).contains("\"p\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[32,33]}");
        assertThat(buffer.getFloat(8 + length + 4)).isEqualTo(-2f);
        assertThat(bytes).hasSize(8 + length + 33);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|not a JSON object",
                "nonsense|not JSON",
                "{} {}|not JSON",
                "{\"t\":1}|exactly dtype, shape and data_offsets",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],\"x\":1}}|exactly dtype, shape and data_offsets",
                "{\"t\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}|expected one of [F32, I64, U8]",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}}|whole numbers from 0",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[-4,0]}}|whole numbers from 0",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,0]}}|expected [begin, end]",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[4.5],\"data_offsets\":[0,4]}}|whole numbers from 0",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}|whole numbers from 0",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}|impossible shape",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,4]}}|takes 3 bytes",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}|cut off",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}|its tensors take 3",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}}|begins at 1",
                "{\"__metadata__\":{\"a\":1}}|is not a text",
                "{\"__metadata__\":[]}|is not an object",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"u\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}|u begins at 2",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"t\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}|not JSON",
            })
    void headers_thatLie_areRefused(String header, String message) {
        assertThatThrownBy(() -> SafeTensors.decode(file(header, 4), SOURCE))
                .isInstanceOf(InvalidModelFileException.class)
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith(SOURCE + ": ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"-1,18446744073709551615", "100000001,100000001", "9223372036854775807,9223372036854775807", "0,0 bytes"
    })
    void headerLengths_outOfRange_areRefused(long length, String shown) {
        byte[] bytes = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        assertThatThrownBy(() -> SafeTensors.decode(bytes, SOURCE))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining(shown);
    }

    @Property(tries = 200)
    void everyCutOffFile_isRefused(@ForAll @IntRange(min = 1, max = 200) int missing) {
        byte[] whole = sample().encode();
        byte[] cut = Arrays.copyOf(whole, Math.max(0, whole.length - missing));
        assertThatThrownBy(() -> SafeTensors.decode(cut, SOURCE)).isInstanceOf(InvalidModelFileException.class);
    }

    @Test
    void names_mustDiffer() {
        Tensor tensor = Tensor.floats("t", List.of(1L), new float[1], 0);
        assertThatThrownBy(
                        () -> SafeTensors.of(Map.of(), List.of(tensor, tensor)).encode())
                .isInstanceOf(IllegalArgumentException.class);
    }

    static SafeTensors sample() {
        float[] values = {9, 1, -2, 0.5f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, -0f};
        ByteBuffer number = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(-2)
                .flip();
        return SafeTensors.of(
                Map.of("é", "\"quoted\"", "a", "first"),
                List.of(
                        Tensor.floats("w", List.of(2L, 3L), values, 1),
                        new Tensor("n", Tensor.Type.I64, List.of(), number),
                        new Tensor("p", Tensor.Type.U8, List.of(1L), ByteBuffer.wrap(new byte[] {(byte) 200}))));
    }

    private static byte[] golden() throws IOException {
        try (InputStream file = SafeTensorsTest.class.getResourceAsStream("/golden/v1/sample.safetensors")) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
