package dev.polyphony.models.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.fuzz.Fuzz;
import dev.polyphony.fuzz.Limits;
import dev.polyphony.fuzz.Mutant;
import dev.polyphony.models.Modules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a weights file holds, it is read or refused with one message. */
class ModelFilesFuzzTest {

    /** A digit and a comma of the header become an object in a list, and are quoted where they are wrong. */
    private static final Limits LIMITS = new Limits(InvalidModelFileException.class, 150);

    /** An archive is looked through in a buffer of its own. */
    private static final Limits ARCHIVE = new Limits(InvalidModelFileException.class, 50);

    private static Path file = Path.of("");

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("member", ".pt");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Provide
    static Arbitrary<Mutant> safeTensors() {
        byte[] written = SafeTensors.of(
                        Map.of("step", "12", "recipe", "{\"name\":\"tiny\"}"),
                        List.of(
                                Tensor.floats("stem.weight", List.of(8L, 1L, 3L, 3L), new float[72], 0),
                                Tensor.floats("stem.bias", List.of(8L), new float[8], 0),
                                Tensor.floats("empty", List.of(0L, 4L), new float[0], 0)))
                .encode();
        return Mutant.of(Map.of("sample", SafeTensorsTest.sample().encode(), "written", written));
    }

    @Fuzz
    void safeTensors(@ForAll("safeTensors") Mutant mutant) {
        check(mutant.bytes());
    }

    /** The header alone is damaged, and the length before it says how long it then is. */
    @Fuzz
    void safeTensorsHeader(@ForAll("headers") Mutant header) {
        check(ByteBuffer.allocate(8 + header.bytes().length + 33)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.bytes().length)
                .put(header.bytes())
                .array());
    }

    @Provide
    static Arbitrary<Mutant> headers() {
        byte[] sample = SafeTensorsTest.sample().encode();
        String other = "{\"a\":{\"dtype\":\"U8\",\"shape\":[3,11],\"data_offsets\":[0,33]}}";
        return Mutant.of(Map.of(
                "sample",
                Arrays.copyOfRange(sample, 8, sample.length - 33),
                "other",
                other.getBytes(StandardCharsets.UTF_8)));
    }

    private static void check(byte[] bytes) {
        note(LIMITS.areKept(bytes.length, () -> {
            SafeTensors read = SafeTensors.decode(bytes, "a.safetensors");
            assertThat(SafeTensors.decode(read.encode(), "again")).isEqualTo(read);
        }));
    }

    @Provide
    static Arbitrary<Mutant> archives() {
        return Mutant.of(Map.of(
                "traced", Modules.bytes("traced.pt"),
                "state-dict", Modules.bytes("state-dict.pt"),
                "frozen", Modules.bytes("frozen.pt")));
    }

    @Fuzz
    void torchScript(@ForAll("archives") Mutant mutant) throws IOException {
        Files.write(file, mutant.bytes());
        note(ARCHIVE.areKept(mutant.bytes().length, () -> TorchScriptArchive.require(file, "member.pt")));
    }

    private static void note(boolean accepted) {
        Statistics.collect(accepted);
        Statistics.coverage(both -> {
            both.check(true).count(count -> count > 0);
            both.check(false).count(count -> count > 0);
        });
    }
}
