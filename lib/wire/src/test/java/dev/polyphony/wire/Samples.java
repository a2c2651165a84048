package dev.polyphony.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The records of the golden files: one of each message, and the variants that look different on the wire. */
final class Samples {

    static final String STREAM = "0123456789ab";

    /** A record, its bytes, and how it is read. */
    record Sample(String name, Object record, Supplier<byte[]> encode, Function<byte[], Object> decode) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Samples() {}

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        PlanStep plan = new PlanStep(STREAM, 391, 1, 0, 128);
        samples.add(new Sample("plan", plan, plan::encode, PlanStep::decode));
        PlanStep first = new PlanStep(STREAM, 0, 0, 0, 1);
        samples.add(new Sample("plan-first", first, first::encode, PlanStep::decode));
        Minibatch clean = clean(2);
        samples.add(new Sample("minibatch-none", clean, clean::encode, Minibatch::decode));
        Minibatch half = perturbed(2, DataType.FLOAT16);
        samples.add(new Sample("minibatch-float16", half, half::encode, Minibatch::decode));
        Minibatch full = perturbed(2, DataType.FLOAT32);
        samples.add(new Sample("minibatch-float32", full, full::encode, Minibatch::decode));
        TeacherLogits logits = logits(3, 2, 4);
        samples.add(new Sample("logits", logits, logits::encode, TeacherLogits::decode));
        CheckpointAnnouncement checkpoint = new CheckpointAnnouncement(
                "ba9876543210", STREAM, 782, 2, "runs/ba9876543210/000782.safetensors", "a1".repeat(32), false);
        samples.add(new Sample("checkpoint", checkpoint, checkpoint::encode, CheckpointAnnouncement::decode));
        Evaluation evaluation = new Evaluation("ba9876543210", 782, "{\"accuracy\":0.5}");
        samples.add(new Sample("evaluation", evaluation, evaluation::encode, Evaluation::decode));
        return samples;
    }

    static Minibatch clean(int samples) {
        return new Minibatch(
                STREAM,
                0,
                0,
                0,
                1,
                images(samples),
                null,
                Tensor.ofInts(count(samples, 0)),
                Tensor.ofInts(count(samples, 100)),
                Minibatch.NONE,
                -1,
                0);
    }

    static Minibatch perturbed(int samples, DataType type) {
        ByteBuffer noise = Tensor.littleEndian(samples * 6 * type.bytes());
        for (int i = 0; noise.hasRemaining(); i++) {
            // 0x3c00 is 1.0 in binary16; neighbours differ in the last bits.
            if (type == DataType.FLOAT16) {
                noise.putShort((short) (0x3c00 + i));
            } else {
                noise.putFloat(i / 255f);
            }
        }
        return new Minibatch(
                STREAM,
                7,
                1,
                0,
                1,
                images(samples),
                Tensor.of(type, noise.flip(), samples, 1, 2, 3),
                Tensor.ofInts(count(samples, 3)),
                Tensor.ofInts(count(samples, 50_000)),
                Minibatch.CONFODS,
                2,
                -1);
    }

    static TeacherLogits logits(int members, int samples, int classes) {
        float[] values = new float[members * samples * classes];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 2.5f;
        }
        return new TeacherLogits(STREAM, 7, 0, 1, "fedcba987654", Tensor.ofFloats(values, members, samples, classes));
    }

    private static Tensor images(int samples) {
        byte[] pixels = new byte[samples * 6];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (200 + 7 * i);
        }
        return Tensor.ofBytes(pixels, samples, 1, 2, 3);
    }

    private static int[] count(int samples, int from) {
        int[] values = new int[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = from + i;
        }
        return values;
    }
}
