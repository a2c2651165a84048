package dev.polyphony.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void tensor_refusesSizeThatIsNotItsShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(DataType.FLOAT32, ByteBuffer.allocate(11), 3))
                .withMessage("a FLOAT32 tensor of shape [3] takes 12 bytes, not 11");
    }

    @Test
    void tensor_refusesEmptyAndOverflowingShapes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(DataType.UINT8, ByteBuffer.allocate(0), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(DataType.UINT8, ByteBuffer.allocate(0), 1L << 32, 1L << 32))
                .withMessageContaining("larger than 2 GiB");
    }

    @Test
    void bytes_areLittleEndian() {
        assertThat(Tensor.ofInts(new int[] {0x01020304}).toBytes()).containsExactly(4, 3, 2, 1);
        assertThat(Tensor.ofFloats(new float[] {1f}, 1).toBytes()).containsExactly(0, 0, 0x80, 0x3f);
    }

    @Test
    void data_isAnOwnView() {
        Tensor tensor = Tensor.ofInts(new int[] {1, 2});
        tensor.data().getInt();
        assertThat(tensor.data().remaining()).isEqualTo(8);
        assertThat(tensor.toInts()).containsExactly(1, 2);
    }

    @Test
    void float16_isReadExactly() {
        // 1, -2, largest, smallest subnormal, infinity, negative zero, one third rounded: from IEEE 754-2019, table
        // 3.5.
        ByteBuffer data = Tensor.littleEndian(14);
        for (int bits : new int[] {0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x8000, 0x3555}) {
            data.putShort((short) bits);
        }
        assertThat(Tensor.of(DataType.FLOAT16, data.flip(), 7).toFloats())
                .containsExactly(1f, -2f, 65504f, 0x1p-24f, Float.POSITIVE_INFINITY, -0f, 0.33325195f);
    }

    @Test
    void view_refusesTheWrongFormat() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Tensor.ofInts(new int[] {1}).toFloats())
                .withMessage("the tensor holds INT32, not FLOAT32");
    }
}
