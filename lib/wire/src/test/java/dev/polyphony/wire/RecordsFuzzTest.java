package dev.polyphony.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.polyphony.fuzz.Fuzz;
import dev.polyphony.fuzz.Limits;
import dev.polyphony.fuzz.Mutant;
import dev.polyphony.wire.protobuf.LogitsMessage;
import dev.polyphony.wire.protobuf.TensorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/** Whatever bytes a topic holds, a decoder returns a record or one reason. */
class RecordsFuzzTest {

    /** Two bytes of the record can be a field that is not known here, which protobuf keeps as an object. */
    private static final Limits LIMITS = new Limits(UnreadableRecordException.class, 250);

    private static final Limits JOINING = new Limits(IllegalArgumentException.class, 4);

    @Provide
    static Arbitrary<Mutant> plans() {
        return mutants("plan");
    }

    @Provide
    static Arbitrary<Mutant> minibatches() {
        return mutants("minibatch");
    }

    @Provide
    static Arbitrary<Mutant> logits() {
        return mutants("logits");
    }

    @Provide
    static Arbitrary<Mutant> checkpoints() {
        return mutants("checkpoint");
    }

    @Provide
    static Arbitrary<Mutant> evaluations() {
        return mutants("evaluation");
    }

    private static Arbitrary<Mutant> mutants(String kind) {
        Map<String, byte[]> samples = new TreeMap<>();
        for (Samples.Sample sample : Samples.all()) {
            if (sample.name().startsWith(kind)) {
                samples.put(sample.name(), sample.encode().get());
            }
        }
        Samples.clean(200).split(2000).forEach(part -> {
            if (kind.equals("minibatch")) {
                samples.put("minibatch-part-" + part.part(), part.encode());
            }
        });
        return Mutant.of(samples);
    }

    @Fuzz
    void plan(@ForAll("plans") Mutant mutant) {
        check(mutant, PlanStep::decode, PlanStep::encode);
    }

    @Fuzz
    void minibatch(@ForAll("minibatches") Mutant mutant) {
        check(mutant, Minibatch::decode, Minibatch::encode);
    }

    @Fuzz
    void logits(@ForAll("logits") Mutant mutant) {
        check(mutant, TeacherLogits::decode, TeacherLogits::encode);
    }

    @Fuzz
    void checkpoint(@ForAll("checkpoints") Mutant mutant) {
        check(mutant, CheckpointAnnouncement::decode, CheckpointAnnouncement::encode);
    }

    @Fuzz
    void evaluation(@ForAll("evaluations") Mutant mutant) {
        check(mutant, Evaluation::decode, Evaluation::encode);
    }

    /** What is accepted is a record: it is the same after another journey. */
    private static <R> void check(Mutant mutant, Function<byte[], R> decode, Function<R, byte[]> encode) {
        List<R> records = new ArrayList<>();
        boolean accepted = LIMITS.areKept(mutant.bytes().length, () -> records.add(decode.apply(mutant.bytes())));
        for (R record : records) {
            assertThat(decode.apply(encode.apply(record))).isEqualTo(record);
        }
        Statistics.collect(accepted);
        Statistics.coverage(both -> {
            both.check(true).count(count -> count > 0);
            both.check(false).count(count -> count > 0);
        });
    }

    /** Shapes and data that do not go together, in a message that does. */
    @Fuzz
    void tensor(
            @ForAll @IntRange(min = 0, max = 5) int type,
            @ForAll("shapes") List<Long> shape,
            @ForAll @Size(max = 64) byte[] data) {
        byte[] bytes = LogitsMessage.newBuilder()
                .setVersion(Decoding.VERSION)
                .setStreamId(Samples.STREAM)
                .setParts(1)
                .setEnsembleId("fedcba987654")
                .setLogits(TensorMessage.newBuilder()
                        .setDataTypeValue(type)
                        .addAllShape(shape)
                        .setData(ByteString.copyFrom(data)))
                .build()
                .toByteArray();
        LIMITS.areKept(bytes.length, () -> {
            Tensor logits = TeacherLogits.decode(bytes).logits();
            assertThat(logits.toFloats())
                    .hasSize((int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
        });
    }

    @Provide
    static Arbitrary<List<Long>> shapes() {
        Arbitrary<Long> extreme = Arbitraries.of(
                -1L, 0L, 1L << 31, (1L << 31) - 1, 1L << 32, 1L << 61, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE);
        Arbitrary<Long> dimension =
                Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.longs().between(1, 4)), Tuple.of(1, extreme));
        return dimension.list().ofMinSize(2).ofMaxSize(4);
    }

    /** Parts are joined when they are of one minibatch, and refused otherwise. */
    @Fuzz
    void minibatchParts(@ForAll("parts") Minibatch first, @ForAll("parts") Minibatch other) {
        Minibatch second = part(1, other);
        boolean fit = first.perturbation() != null
                && second.perturbation() != null
                && first.perturbation().dataType() == second.perturbation().dataType()
                && first.images()
                        .shape()
                        .subList(1, 4)
                        .equals(second.images().shape().subList(1, 4))
                && first.epoch() == second.epoch();
        long bytes = (long) first.encode().length + second.encode().length;
        boolean joined = JOINING.areKept(bytes, () -> Minibatch.join(List.of(first, second)));
        assertThat(joined).isEqualTo(fit);
        Statistics.collect(joined);
        Statistics.coverage(both -> {
            both.check(true).count(count -> count > 0);
            both.check(false).count(count -> count > 0);
        });
    }

    @Provide
    static Arbitrary<Minibatch> parts() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(new long[] {1, 2, 3}, new long[] {1, 3, 2}, new long[] {1, 1, 2}),
                        Arbitraries.of(DataType.FLOAT16, DataType.FLOAT32),
                        Arbitraries.integers().between(0, 1))
                .as(RecordsFuzzTest::part);
    }

    private static Minibatch part(int samples, long[] image, DataType type, int epoch) {
        long[] shape = {samples, image[0], image[1], image[2]};
        int pixels = (int) (samples * image[0] * image[1] * image[2]);
        return new Minibatch(
                Samples.STREAM,
                0,
                epoch,
                0,
                2,
                Tensor.ofBytes(new byte[pixels], shape),
                Tensor.of(type, Tensor.littleEndian(pixels * type.bytes()), shape),
                Tensor.ofInts(new int[samples]),
                Tensor.ofInts(new int[samples]),
                Minibatch.GAUSSIAN,
                -1,
                0);
    }

    private static Minibatch part(int part, Minibatch as) {
        return new Minibatch(
                as.streamId(),
                as.step(),
                as.epoch(),
                part,
                as.parts(),
                as.images(),
                as.perturbation(),
                as.labels(),
                as.indices(),
                as.kind(),
                as.member(),
                as.seed());
    }

    /** The same for logits, whose parts are cut along the second of three axes. */
    @Fuzz
    void logitsParts(
            @ForAll @IntRange(min = 1, max = 3) int members,
            @ForAll @IntRange(min = 1, max = 3) int otherMembers,
            @ForAll @IntRange(min = 1, max = 3) int classes,
            @ForAll @IntRange(min = 1, max = 3) int otherClasses,
            @ForAll @IntRange(min = 1, max = 4) int samples) {
        Tensor left = Samples.logits(members, samples, classes).logits();
        Tensor right = Samples.logits(otherMembers, 2, otherClasses).logits();
        TeacherLogits first = new TeacherLogits(Samples.STREAM, 0, 0, 2, "e", left);
        TeacherLogits second = new TeacherLogits(Samples.STREAM, 0, 1, 2, "e", right);
        long bytes = (long) first.encode().length + second.encode().length;
        boolean joined = JOINING.areKept(bytes, () -> TeacherLogits.join(List.of(first, second)));
        assertThat(joined).isEqualTo(members == otherMembers && classes == otherClasses);
    }
}
