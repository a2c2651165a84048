package dev.polyphony.wire;

import dev.polyphony.wire.protobuf.MinibatchMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images of one step, clean, and what is to be added to them.
 *
 * @param streamId identity of the stream
 * @param step over the whole stream, 0-based
 * @param epoch of the step, 0-based
 * @param part position of this record among those of its step, 0-based
 * @param parts records of this step
 * @param images UINT8 [B, C, H, W], augmented, pixel values 0..255
 * @param perturbation FLOAT16 or FLOAT32 [B, C, H, W] in units of the pixel range [0, 1]; null exactly when kind is none
 * @param labels INT32 [B]
 * @param indices INT32 [B], positions in the training split
 * @param kind none, gaussian, ods, confods or adversarial, as in a recipe
 * @param member ensemble member whose gradient was taken, 0-based; -1 when none was
 * @param seed the stream's seed: with the step, the guide vectors can be drawn again
 */
public record Minibatch(
        String streamId,
        long step,
        int epoch,
        int part,
        int parts,
        Tensor images,
        @Nullable Tensor perturbation,
        Tensor labels,
        Tensor indices,
        String kind,
        int member,
        long seed)
        implements StepRecord {

    public static final String NONE = "none";
    public static final String GAUSSIAN = "gaussian";
    public static final String ODS = "ods";
    public static final String CONFODS = "confods";
    public static final String ADVERSARIAL = "adversarial";

    private static final Set<String> WITHOUT_MEMBER = Set.of(NONE, GAUSSIAN);
    private static final Set<String> WITH_MEMBER = Set.of(ODS, CONFODS, ADVERSARIAL);

    public Minibatch {
        Decoding.requireText("streamId", streamId);
        Decoding.requireAtLeast("step", step, 0);
        Decoding.requireAtLeast("epoch", epoch, 0);
        Parts.require(part, parts);
        images.require("images", "[B, C, H, W]", List.of(DataType.UINT8));
        requirePerSample("labels", labels, images);
        requirePerSample("indices", indices, images);
        requirePerturbation(kind, member, perturbation, images);
    }

    private static void requirePerSample(String name, Tensor tensor, Tensor images) {
        tensor.require(name, "[B]", List.of(DataType.INT32));
        if (tensor.dimension(0) != images.dimension(0)) {
            throw new IllegalArgumentException(
                    images.dimension(0) + " images, but " + tensor.dimension(0) + " " + name);
        }
    }

    private static void requirePerturbation(String kind, int member, @Nullable Tensor perturbation, Tensor images) {
        boolean withMember = WITH_MEMBER.contains(kind);
        if (!withMember && !WITHOUT_MEMBER.contains(kind)) {
            throw new IllegalArgumentException("unknown kind of perturbation \"" + kind + "\"");
        }
        if (withMember ? member < 0 : member != -1) {
            throw new IllegalArgumentException("member " + member + " does not go with kind " + kind);
        }
        if ((perturbation == null) != kind.equals(NONE)) {
            throw new IllegalArgumentException(
                    "kind is " + kind + ", but the perturbation is " + (perturbation == null ? "missing" : "there"));
        }
        if (perturbation != null) {
            perturbation.require("perturbation", "[B, C, H, W]", List.of(DataType.FLOAT16, DataType.FLOAT32));
            if (!perturbation.shape().equals(images.shape())) {
                throw new IllegalArgumentException(
                        "images have shape " + images.shape() + ", the perturbation " + perturbation.shape());
            }
        }
    }

    /** Images in this record, B. */
    public int samples() {
        return Math.toIntExact(images.dimension(0));
    }

    /**
     * This record.
     *
     * @throws UnreadableRecordException if it belongs to another stream
     */
    public Minibatch requireStream(String expected) {
        Parts.requireStream(this, expected);
        return this;
    }

    /** The same minibatch as records of at most maxBytes encoded bytes each; itself if it fits. */
    public List<Minibatch> split(int maxBytes) {
        Tensor noise = perturbation;
        int samples = samples();
        long data = (long) images.data().remaining()
                + (noise == null ? 0 : noise.data().remaining());
        int perPart = Parts.samples(data / samples + 8, maxBytes);
        if (perPart >= samples) {
            return List.of(this);
        }
        if (parts != 1) {
            throw new IllegalArgumentException("already part " + part + " of " + parts + " parts");
        }
        int count = (samples + perPart - 1) / perPart;
        List<Minibatch> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = i * perPart;
            int to = Math.min(samples, from + perPart);
            records.add(with(
                    i,
                    count,
                    images.slice(0, from, to),
                    noise == null ? null : noise.slice(0, from, to),
                    labels.slice(0, from, to),
                    indices.slice(0, from, to)));
        }
        return records;
    }

    /**
     * The minibatch whose parts, in order, are given.
     *
     * @throws IllegalArgumentException if they are not all parts of one minibatch
     */
    public static Minibatch join(List<Minibatch> records) {
        Parts.requireWhole(records);
        Minibatch first = records.get(0);
        if (records.size() == 1) {
            return first;
        }
        List<Tensor> perturbations = new ArrayList<>();
        for (Minibatch record : records) {
            if (record.epoch != first.epoch
                    || !record.kind.equals(first.kind)
                    || record.member != first.member
                    || record.seed != first.seed) {
                throw new IllegalArgumentException("the parts of step " + first.step + " were made in different ways");
            }
            if (record.perturbation != null) {
                perturbations.add(record.perturbation);
            }
        }
        return first.with(
                0,
                1,
                Tensor.concatenate(0, records.stream().map(Minibatch::images).toList()),
                perturbations.isEmpty() ? null : Tensor.concatenate(0, perturbations),
                Tensor.concatenate(0, records.stream().map(Minibatch::labels).toList()),
                Tensor.concatenate(0, records.stream().map(Minibatch::indices).toList()));
    }

    private Minibatch with(
            int newPart,
            int newParts,
            Tensor newImages,
            @Nullable Tensor newPerturbation,
            Tensor newLabels,
            Tensor newIndices) {
        return new Minibatch(
                streamId,
                step,
                epoch,
                newPart,
                newParts,
                newImages,
                newPerturbation,
                newLabels,
                newIndices,
                kind,
                member,
                seed);
    }

    @Override
    public byte[] encode() {
        MinibatchMessage.Builder message = MinibatchMessage.newBuilder()
                .setVersion(Decoding.VERSION)
                .setStreamId(streamId)
                .setStep(step)
                .setEpoch(epoch)
                .setPart(part)
                .setParts(parts)
                .setImages(images.message())
                .setLabels(labels.message())
                .setIndices(indices.message())
                .setKind(kind)
                .setMember(member)
                .setSeed(seed);
        if (perturbation != null) {
            message.setPerturbation(perturbation.message());
        }
        return message.build().toByteArray();
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not a minibatch record of this version
     */
    public static Minibatch decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * The tensors of the result are views of the given bytes.
     *
     * @throws UnreadableRecordException if the bytes are not a minibatch record of this version
     */
    public static Minibatch decode(ByteBuffer bytes) {
        return Decoding.decode(
                "minibatch", bytes, MinibatchMessage.parser(), MinibatchMessage::getVersion, Minibatch::of);
    }

    private static Minibatch of(MinibatchMessage message) {
        Decoding.requirePresent(message.hasSeed(), "seed");
        return new Minibatch(
                message.getStreamId(),
                message.getStep(),
                message.getEpoch(),
                message.getPart(),
                message.getParts(),
                Tensor.of(message.getImages()),
                message.hasPerturbation() ? Tensor.of(message.getPerturbation()) : null,
                Tensor.of(message.getLabels()),
                Tensor.of(message.getIndices()),
                message.getKind(),
                message.getMember(),
                message.getSeed());
    }
}
