package dev.polyphony.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

    @Property(tries = 100)
    void logits_roundTrip(
            @ForAll @IntRange(min = 1, max = 5) int members,
            @ForAll @IntRange(min = 1, max = 20) int samples,
            @ForAll @IntRange(min = 1, max = 12) int classes) {
        TeacherLogits logits = Samples.logits(members, samples, classes);
        assertThat(TeacherLogits.decode(logits.encode())).isEqualTo(logits);
    }

    @Property(tries = 100)
    void minibatch_roundTrip(@ForAll @IntRange(min = 1, max = 40) int samples, @ForAll boolean half) {
        Minibatch minibatch = Samples.perturbed(samples, half ? DataType.FLOAT16 : DataType.FLOAT32);
        assertThat(Minibatch.decode(minibatch.encode())).isEqualTo(minibatch);
    }

    @Property(tries = 200)
    void minibatch_splitAndJoined_isTheSame(
            @ForAll @IntRange(min = 1, max = 60) int samples, @ForAll @IntRange(min = 1100, max = 3000) int maxBytes) {
        Minibatch minibatch = Samples.perturbed(samples, DataType.FLOAT32);
        List<Minibatch> records = new ArrayList<>();
        for (Minibatch part : minibatch.split(maxBytes)) {
            byte[] bytes = part.encode();
            assertThat(bytes).hasSizeLessThanOrEqualTo(maxBytes);
            records.add(Minibatch.decode(bytes));
        }
        assertThat(Minibatch.join(records)).isEqualTo(minibatch);
    }

    @Property(tries = 200)
    void logits_splitAndJoined_areTheSame(
            @ForAll @IntRange(min = 1, max = 60) int samples, @ForAll @IntRange(min = 1100, max = 3000) int maxBytes) {
        TeacherLogits logits = Samples.logits(3, samples, 5);
        List<TeacherLogits> records = new ArrayList<>();
        for (TeacherLogits part : logits.split(maxBytes)) {
            byte[] bytes = part.encode();
            assertThat(bytes).hasSizeLessThanOrEqualTo(maxBytes);
            records.add(TeacherLogits.decode(bytes));
        }
        assertThat(TeacherLogits.join(records)).isEqualTo(logits);
    }

    @Test
    void join_refusesMissingOrSwappedParts() {
        List<Minibatch> parts = new ArrayList<>(Samples.clean(200).split(2000));
        assertThat(parts).hasSizeGreaterThan(2);
        List<Minibatch> missing = parts.subList(0, parts.size() - 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Minibatch.join(missing));
        Collections.swap(parts, 0, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Minibatch.join(parts));
    }

    @Test
    void split_saysWhenOneSampleIsTooLarge() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.clean(2).split(1030))
                .withMessageContaining("one sample takes 14 bytes");
    }

    @Test
    void decodedTensor_isAViewOfTheRecord() {
        Minibatch minibatch = Samples.clean(2);
        byte[] bytes = minibatch.encode();
        Minibatch decoded = Minibatch.decode(bytes);
        int at = ByteBuffer.wrap(bytes).mismatch(ByteBuffer.wrap(changed(bytes, minibatch)));
        bytes[at] = 1;
        assertThat(decoded.images().toBytes()[0]).isEqualTo((byte) 1);
    }

    private static byte[] changed(byte[] bytes, Minibatch minibatch) {
        byte[] pixels = minibatch.images().toBytes();
        pixels[0] = 1;
        Minibatch other = new Minibatch(
                minibatch.streamId(),
                minibatch.step(),
                minibatch.epoch(),
                0,
                1,
                Tensor.ofBytes(pixels, 2, 1, 2, 3),
                null,
                minibatch.labels(),
                minibatch.indices(),
                minibatch.kind(),
                -1,
                minibatch.seed());
        assertThat(other.encode()).hasSameSizeAs(bytes);
        return other.encode();
    }

    @Test
    void requireStream_namesBoth() {
        assertThatThrownBy(() -> Samples.clean(1).requireStream("other"))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("a record of stream " + Samples.STREAM + " where stream other was expected");
    }

    @Test
    void minibatch_refusesUnequalSampleCounts() {
        Minibatch good = Samples.clean(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Minibatch(
                        good.streamId(),
                        0,
                        0,
                        0,
                        1,
                        good.images(),
                        null,
                        Tensor.ofInts(new int[] {1, 2, 3}),
                        good.indices(),
                        Minibatch.NONE,
                        -1,
                        0))
                .withMessage("2 images, but 3 labels");
    }

    @Test
    void minibatch_refusesPerturbationThatDoesNotFitItsKind() {
        Minibatch good = Samples.clean(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Minibatch(
                        good.streamId(),
                        0,
                        0,
                        0,
                        1,
                        good.images(),
                        null,
                        good.labels(),
                        good.indices(),
                        Minibatch.ODS,
                        0,
                        0))
                .withMessage("kind is ods, but the perturbation is missing");
    }

    @Test
    void parts_areCounted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TeacherLogits(
                        "s", 0, 2, 2, "e", Samples.logits(1, 1, 1).logits()))
                .withMessage("part 2 of 2 parts");
    }

    @Test
    void logits_refuseOtherFormats() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TeacherLogits("s", 0, 0, 1, "e", Tensor.ofInts(new int[] {1})))
                .withMessage("logits must be [FLOAT32], not INT32");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void logits_thatAreNotFinite_areRefused(float value) {
        float[] values = new float[3 * 2 * 4];
        values[2 * 8 + 1 * 4 + 3] = value;
        byte[] bytes = new TeacherLogits(Samples.STREAM, 7, 0, 1, "e", Tensor.ofFloats(values, 3, 2, 4)).encode();
        assertThatThrownBy(() -> TeacherLogits.decode(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("a logits record that cannot be right: in step 7, member 2 says " + value
                        + " for class 3 of sample 1; logits are finite");
    }

    @Test
    void largestLogits_areFinite() {
        Tensor logits = Tensor.ofFloats(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE}, 1, 1, 3);
        TeacherLogits record = new TeacherLogits(Samples.STREAM, 7, 0, 1, "e", logits);
        assertThat(TeacherLogits.decode(record.encode())).isEqualTo(record);
    }

    @Test
    void reason_isShort_howeverLongWhatItQuotes() {
        Minibatch good = Samples.clean(1);
        assertThatThrownBy(() -> good.requireStream("other".repeat(1000)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(600));
    }
}
