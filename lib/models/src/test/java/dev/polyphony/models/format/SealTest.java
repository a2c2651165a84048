package dev.polyphony.models.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final SafeTensors FILE = SafeTensors.of(
            Map.of("before", "{\"seal\":\"no\"}", "zz", "after"),
            List.of(Tensor.floats("w", List.of(2L), new float[] {1, -2}, 0)));

    @Test
    void sealedFile_isReadLikeAnyOther() {
        byte[] bytes = Seal.encode(FILE);
        assertThatCode(() -> Seal.check(bytes, "f")).doesNotThrowAnyException();
        SafeTensors read = SafeTensors.decode(bytes, "f");
        assertThat(read.metadata()).containsEntry("zz", "after").containsKey(Seal.KEY);
        assertThat(read.tensors()).hasSize(1);
        assertThat(Seal.encode(FILE)).isEqualTo(bytes);
    }

    @Test
    void seal_isTheHashOfTheFileWithZerosInItsPlace() {
        byte[] bytes = Seal.encode(FILE);
        String seal = SafeTensors.decode(bytes, "f").metadata().get(Seal.KEY);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] open = text.replace(String.valueOf(seal), "0".repeat(64)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(open).isNotEqualTo(bytes);
        assertThat(Sha256.of(open)).isEqualTo(seal);
    }

    @Test
    void anyBitThatChanges_isFound() {
        byte[] bytes = Seal.encode(FILE);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Seal.check(damaged, "f"))
                    .as("bit %d", bit)
                    .isInstanceOf(InvalidModelFileException.class);
        }
    }

    @Test
    void fileCutShort_orWithoutASeal_isRefused() {
        byte[] bytes = Seal.encode(FILE);
        assertThatThrownBy(() -> Seal.check(Arrays.copyOf(bytes, bytes.length - 1), "f"))
                .hasMessageContaining("it is damaged");
        assertThatThrownBy(() -> Seal.check(FILE.encode(), "f")).hasMessageContaining("lost its seal");
    }
}
