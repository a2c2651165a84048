package dev.polyphony.launcher.export;

import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.NpyType;
import dev.polyphony.datasets.npy.NpzWriter;
import dev.polyphony.distillation.GuideVector;
import dev.polyphony.wire.DataType;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Steps of a stream as arrays. With S steps of together N images, M members and K classes:
 *
 * <pre>
 * steps         int64   [S]           kind   uint8 [S, 8]  zero-padded ASCII; numpy: kind.view("S8").ravel()
 * seed          int64   [S]
 * step          int64   [N]           member int32 [N]     whose gradient was taken, -1 for none
 * images        uint8   [N, C, H, W]  clean, augmented
 * perturbation  float16 or float32 [N, C, H, W], in units of the pixel range [0, 1]; not there if the kind is none
 * labels        int32   [N]           indices int32 [N]    positions in the training split
 * guide         float32 [N, K]        drawn again from the seed; only there if the kind is ods or confods
 * logits        float32 [M, N, K]     of the perturbed images
 * </pre>
 */
final class StreamArchive {

    private static final int KIND_BYTES = 8;

    private final List<Minibatch> minibatches;
    private final List<TeacherLogits> logits;
    private final int images;

    /** Of the same steps. */
    StreamArchive(SortedMap<Long, Minibatch> minibatches, SortedMap<Long, TeacherLogits> logits) {
        if (!minibatches.keySet().equals(logits.keySet()) || minibatches.isEmpty()) {
            throw new IllegalArgumentException(
                    "minibatches of steps " + minibatches.keySet() + ", logits of steps " + logits.keySet());
        }
        this.minibatches = List.copyOf(minibatches.values());
        this.logits = List.copyOf(logits.values());
        this.images = this.minibatches.stream().mapToInt(Minibatch::samples).sum();
    }

    /** How many images it holds, N. */
    int images() {
        return images;
    }

    /** Writes the archive; it appears whole or not at all. */
    void write(Path file) {
        Minibatch first = minibatches.get(0);
        try (NpzWriter npz = new NpzWriter(file)) {
            perStep(npz, "steps", Minibatch::step);
            perStep(npz, "seed", Minibatch::seed);
            npz.add("kind", kinds());
            perImage(npz, "step", NpyType.INT64, Long.BYTES, (batch, at) -> at.putLong(batch.step()));
            perImage(npz, "member", NpyType.INT32, Integer.BYTES, (batch, at) -> at.putInt(batch.member()));
            tensors(npz, "images", Minibatch::images, shape(first.images()));
            if (first.perturbation() != null) {
                tensors(npz, "perturbation", StreamArchive::perturbation, shape(first.images()));
            }
            tensors(npz, "labels", Minibatch::labels, images);
            tensors(npz, "indices", Minibatch::indices, images);
            boolean random = first.member() >= 0 && !first.kind().equals(Minibatch.ADVERSARIAL);
            if (random) {
                int classes = classes();
                tensors(npz, "guide", batch -> guide(batch, classes), images, classes);
            }
            logits(npz);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private int classes() {
        return Math.toIntExact(logits.get(0).logits().shape().get(2));
    }

    private static Tensor perturbation(Minibatch batch) {
        Tensor perturbation = batch.perturbation();
        if (perturbation == null) {
            throw new IllegalStateException("step " + batch.step() + " is not perturbed, unlike others of its stream");
        }
        return perturbation;
    }

    private static Tensor guide(Minibatch batch, int classes) {
        float[] drawn = GuideVector.draw(batch.seed(), batch.step(), batch.samples(), classes);
        return Tensor.ofFloats(drawn, batch.samples(), classes);
    }

    private void perStep(NpzWriter npz, String name, ToLongFunction<Minibatch> value) {
        ByteBuffer data = littleEndian(minibatches.size() * Long.BYTES);
        minibatches.forEach(batch -> data.putLong(value.applyAsLong(batch)));
        npz.add(name, new NpyArray(NpyType.INT64, new long[] {minibatches.size()}, data.flip()));
    }

    private NpyArray kinds() {
        byte[] kinds = new byte[minibatches.size() * KIND_BYTES];
        for (int i = 0; i < minibatches.size(); i++) {
            byte[] kind = minibatches.get(i).kind().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(kind, 0, kinds, i * KIND_BYTES, Math.min(kind.length, KIND_BYTES));
        }
        return NpyArray.ofBytes(kinds, minibatches.size(), KIND_BYTES);
    }

    private void perImage(NpzWriter npz, String name, NpyType type, int bytes, Fill fill) {
        ByteBuffer data = littleEndian(images * bytes);
        for (Minibatch batch : minibatches) {
            for (int i = 0; i < batch.samples(); i++) {
                fill.put(batch, data);
            }
        }
        npz.add(name, new NpyArray(type, new long[] {images}, data.flip()));
    }

    /** Writes the tensors of all steps one after another: the first axis is that of the images. */
    private void tensors(NpzWriter npz, String name, Function<Minibatch, Tensor> tensor, long... shape)
            throws IOException {
        NpyType type = type(tensor.apply(minibatches.get(0)).dataType());
        try (OutputStream out = npz.begin(name, type, shape)) {
            for (Minibatch batch : minibatches) {
                Channels.newChannel(out).write(tensor.apply(batch).data());
            }
        }
    }

    private void logits(NpzWriter npz) throws IOException {
        int members = Math.toIntExact(logits.get(0).logits().shape().get(0));
        try (OutputStream out = npz.begin("logits", NpyType.FLOAT32, members, images, classes())) {
            for (int m = 0; m < members; m++) {
                for (TeacherLogits step : logits) {
                    ByteBuffer all = step.logits().data();
                    int bytes = all.remaining() / members;
                    Channels.newChannel(out).write(all.slice(m * bytes, bytes));
                }
            }
        }
    }

    private long[] shape(Tensor ofOneStep) {
        long[] shape = ofOneStep.dimensions();
        shape[0] = images;
        return shape;
    }

    private static NpyType type(DataType type) {
        return switch (type) {
            case UINT8 -> NpyType.UINT8;
            case INT32 -> NpyType.INT32;
            case FLOAT16 -> NpyType.FLOAT16;
            case FLOAT32 -> NpyType.FLOAT32;
        };
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts one image's number. */
    private interface Fill {
        void put(Minibatch batch, ByteBuffer at);
    }
}
