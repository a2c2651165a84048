package dev.polyphony.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {

    private static final String GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

    @Property(tries = 100)
    void array_comesBackAsItWas(@ForAll @Size(max = 50) double[] values) throws IOException {
        NpyArray array = NpyArray.ofDoubles(values, values.length);

        assertThat(read(written(array))).isEqualTo(array);
    }

    @Test
    void header_isAlignedTo64BytesAndEndsWithANewline() throws IOException {
        byte[] bytes = written(NpyArray.ofInts(new int[] {1, -2, 3}, 3, 1));

        assertThat(bytes.length).isEqualTo(128 + 12);
        assertThat(bytes[127]).isEqualTo((byte) '\n');
        assertThat(new String(bytes, 10, 117, StandardCharsets.US_ASCII).strip())
                .isEqualTo("{'descr': '<i4', 'fortran_order': False, 'shape': (3, 1), }");
    }

    /** What numpy.save writes for numpy.array([[1], [-2], [3]], '<i4'), NumPy 1.24. */
    @Test
    void bytes_areThoseOfNumpy() throws IOException {
        String golden = "934e554d50590100" + "7600"
                + HexFormat.of()
                        .formatHex("{'descr': '<i4', 'fortran_order': False, 'shape': (3, 1), }"
                                .getBytes(StandardCharsets.US_ASCII))
                + "20".repeat(58) + "0a" + "01000000feffffff03000000";
        NpyArray array = NpyArray.ofInts(new int[] {1, -2, 3}, 3, 1);

        assertThat(HexFormat.of().formatHex(written(array))).isEqualTo(golden);
        assertThat(read(HexFormat.of().parseHex(golden))).isEqualTo(array);
    }

    @Test
    void scalar_hasNoAxes() throws IOException {
        NpyArray scalar = read(written(NpyArray.ofDoubles(new double[] {2.5})));

        assertThat(scalar.shape()).isEmpty();
        assertThat(scalar.toDoubles()).containsExactly(2.5);
    }

    @Test
    void types_convertToDoublesAndInts() {
        ByteBuffer longs = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        longs.putLong(-5).putLong(7).flip();

        assertThat(NpyArray.ofBytes(new byte[] {-1, 2}, 2).toInts()).containsExactly(255, 2);
        assertThat(NpyArray.ofBytes(new byte[] {-1, 2}, 2).toDoubles()).containsExactly(255, 2);
        assertThat(NpyArray.ofInts(new int[] {-3}, 1).toDoubles()).containsExactly(-3);
        assertThat(NpyArray.ofFloats(new float[] {0.1f}, 1).toDoubles()).containsExactly(0.1f);
        assertThat(new NpyArray(NpyType.INT64, new long[] {2}, longs).toInts()).containsExactly(-5, 7);
        assertThatThrownBy(() -> NpyArray.ofFloats(new float[] {1}, 1).toInts())
                .hasMessage("an array of <f4 holds no integers");
    }

    @ParameterizedTest
    @CsvSource({
        "0000, 0.0",
        "3c00, 1.0",
        "c000, -2.0",
        "7bff, 65504.0",
        "0001, 5.9604644775390625E-8",
        "0400, 6.103515625E-5",
        "3555, 0.333251953125",
        "7c00, Infinity",
        "fc00, -Infinity",
        "7e00, NaN"
    })
    void halves_convertExactly(String bits, double value) {
        ByteBuffer data = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort(0, (short) Integer.parseInt(bits, 16));

        assertThat(new NpyArray(NpyType.FLOAT16, new long[] {1}, data).toDoubles())
                .containsExactly(value);
    }

    @Test
    void long_thatHasNoExactDouble_isRefused() {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, (1L << 53) + 1);

        assertThatThrownBy(() -> new NpyArray(NpyType.INT64, new long[] {1}, data).toDoubles())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void version2_isRead() throws IOException {
        byte[] text = GOOD.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(Npy.magic()).put((byte) 2).put((byte) 0).putInt(text.length).put(text);
        bytes.putFloat(1.5f).putFloat(-2);

        assertThat(read(bytes.array()).toFloats()).containsExactly(1.5f, -2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{'descr': '>f4', 'fortran_order': False, 'shape': (2,)} # big endian; save it with array.astype('<f4')",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2,)} # Fortran order; save it with numpy.ascontiguousarray",
                "{'descr': '|O', 'fortran_order': False, 'shape': (2,)} # '|O' is not read; the types are |u1, <i4, <i8, <f2",
                "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,)} # neither True nor False",
                "{'descr': '<f4', 'fortran_order': False} # key 'shape' is missing",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (2,)} # key 'descr' occurs twice",
                "{'descr': '<f4', 'evil': __import__('os'), 'shape': (2,)} # unknown key 'evil'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)} # is not a number",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2 # ')' is expected",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + 1 # text after the dictionary",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)} # is more than the 2147483639",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (536870912,)} # is more than the 2147483639 bytes",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)} # a quoted name is expected",
                "{'descr': '<f4 # a quoted name is expected",
                "'' # '{' is expected"
            })
    void hostileHeader_isRefusedWithWhatWouldBeRight(String header, String message) {
        assertThatThrownBy(() -> read(file(header, 8)))
                .isInstanceOf(InvalidNpyException.class)
                .hasMessageStartingWith("a.npy: ")
                .hasMessageContaining(message);
    }

    @Test
    void promiseOfTwoGigabytes_costsNothing() {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2147483639,)}";

        assertThatThrownBy(() -> read(file(header, 3)))
                .hasMessage("a.npy: truncated: shape [2147483639] of |u1 needs 2147483639 bytes, there are 3");
    }

    @Test
    void everyTruncation_isRefused() throws IOException {
        byte[] whole = written(NpyArray.ofInts(new int[] {1, 2}, 2));

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(InvalidNpyException.class);
        }
    }

    @Test
    void trailingBytesOtherVersionsAndLongHeaders_areRefused() {
        assertThatThrownBy(() -> read(file(GOOD, 9))).hasMessage("a.npy: there are bytes after the 8 of the array");
        byte[] version3 = file(GOOD, 8);
        version3[6] = 3;
        assertThatThrownBy(() -> read(version3)).hasMessageContaining("NPY version 3.0 is not read; 1.0 and 2.0 are");
        byte[] endless = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1};
        assertThatThrownBy(() -> read(endless)).hasMessageContaining("4294967295 bytes; at most 65536 are read");
    }

    @Test
    void mappedFile_isTheSameArray(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.npy");
        NpyArray array = NpyArray.ofInts(new int[] {1, -2, 3}, 3, 1);
        byte[] whole = written(array);
        Files.write(file, whole);

        assertThat(Npy.map(file)).isEqualTo(array);
        assertThat(Npy.header(NpyType.INT32, 3, 1)).isEqualTo(Arrays.copyOf(whole, 128));
        Files.write(file, Arrays.copyOf(whole, 139));
        assertThatThrownBy(() -> Npy.map(file))
                .isInstanceOf(InvalidNpyException.class)
                .hasMessageEndingWith("truncated: shape [3, 1] of <i4 needs 12 bytes, there are 11");
        Files.write(file, Arrays.copyOf(whole, 141));
        assertThatThrownBy(() -> Npy.map(file)).hasMessageEndingWith("there are bytes after the array");
        assertThatThrownBy(() -> Npy.map(directory.resolve("b.npy"))).hasMessageEndingWith("there is no such file");
    }

    @Test
    void array_thatDoesNotFitItsShape_isRefused() {
        assertThatThrownBy(() -> NpyArray.ofInts(new int[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape [2, 3] of <i4 has 24 bytes, got 20");
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(Npy.magic()).put((byte) 1).put((byte) 0).putShort((short) text.length);
        return bytes.put(text).array();
    }

    private static byte[] written(NpyArray array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npy.write(array, out);
        return out.toByteArray();
    }

    private static NpyArray read(byte[] bytes) throws IOException {
        return Npy.read("a.npy", new ByteArrayInputStream(bytes));
    }
}
