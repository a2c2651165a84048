package dev.polyphony.benchmarks;

import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.PlanSubmission;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import dev.polyphony.streaming.pipeline.PipelineSettings;
import dev.polyphony.streaming.pipeline.StepGate;
import dev.polyphony.streaming.pipeline.TransactionalPipeline;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.streaming.reader.Taught;
import dev.polyphony.wire.DataType;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;

/**
 * How far a stream goes without any tensor work: streams of ever more partitions, bytes and members through a real
 * broker, services and reader, as fast as they can. Prints a table; the directory for the broker is the argument.
 */
public final class StreamLimits {

    private static final String ENSEMBLE = "000000000000";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaClients clients;

    private StreamLimits(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * One stream.
     *
     * @param partitions of each topic
     * @param batch images per minibatch
     * @param pixels bytes of one image
     * @param members of the ensemble
     * @param classes of the data set
     * @param steps of the stream
     */
    private record Size(int partitions, int batch, int pixels, int members, int classes, int steps) {

        RecordLimits limits() {
            // Pixels and a float16 perturbation, as streams have by default.
            long minibatch = (long) batch * (3L * pixels + 8) + 1024;
            long logits = 4L * members * batch * classes + 1024;
            return new RecordLimits((int) Math.min(RecordLimits.LARGEST_RECORD_BYTES, Math.max(minibatch, logits)));
        }
    }

    /** Measures all sizes. */
    public static void main(String[] arguments) throws Exception {
        WorkDirectory work = new WorkDirectory(Path.of(arguments[0]));
        Files.createDirectories(work.kafka());
        Files.writeString(work.kafka().resolve("ports"), "");
        try (WorkBroker broker = WorkBroker.open(work, null)) {
            StreamLimits limits = new StreamLimits(broker.cluster().clients());
            limits.measure(new Size(4, 128, 784, 4, 10, 400));
            System.out.println("partitions  images  bytes/image  members  classes  MB/step  records/step  steps/s  MB/s"
                    + "  heap MB");
            for (Size size : sizes()) {
                System.out.println(limits.measure(size));
            }
        }
    }

    private static List<Size> sizes() {
        return List.of(
                new Size(1, 128, 784, 4, 10, 400),
                new Size(4, 128, 784, 4, 10, 400),
                new Size(16, 128, 784, 4, 10, 400),
                new Size(64, 128, 784, 4, 10, 400),
                new Size(256, 128, 784, 4, 10, 400),
                new Size(4, 128, 3072, 4, 100, 200),
                new Size(4, 128, 12288, 4, 200, 100),
                new Size(4, 64, 150528, 4, 1000, 40),
                new Size(4, 128, 150528, 4, 1000, 20),
                new Size(4, 128, 784, 16, 100, 200),
                new Size(4, 128, 784, 64, 100, 100),
                new Size(4, 128, 784, 256, 100, 40));
    }

    private String measure(Size size) throws InterruptedException {
        StreamTopics topics = new StreamTopics(UUID.randomUUID().toString().substring(0, 12));
        RecordLimits limits = size.limits();
        try (Admin admin = clients.admin()) {
            new TopicSetup(size.partitions(), (short) 1).ensure(admin, topics, limits);
        }
        StreamPlan plan = new StreamPlan(size.batch() * size.steps(), size.batch(), 1, 1);
        new PlanSubmission(clients).submit(topics, plan);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TransactionalPipeline<PlanStep, Minibatch> perturb = new TransactionalPipeline<>(
                clients,
                PipelineSettings.perturb(topics, "0", size.steps(), limits),
                RecordType.PLAN,
                RecordType.MINIBATCHES,
                step -> minibatch(topics, step, size),
                StepGate.OPEN,
                meters,
                step -> {});
        TransactionalPipeline<Minibatch, TeacherLogits> teach = new TransactionalPipeline<>(
                clients,
                PipelineSettings.teach(topics, "0", size.steps(), limits),
                RecordType.MINIBATCHES,
                RecordType.LOGITS,
                batch -> logits(topics, batch, size),
                StepGate.OPEN,
                meters,
                step -> {});
        long began = System.nanoTime();
        CompletableFuture<Void> perturbing = CompletableFuture.runAsync(perturb::run);
        CompletableFuture<Void> teaching = CompletableFuture.runAsync(teach::run);
        read(topics, limits, size, meters);
        double seconds = (System.nanoTime() - began) / 1e9;
        perturbing.join();
        teaching.join();
        return row(size, limits, seconds);
    }

    private void read(StreamTopics topics, RecordLimits limits, Size size, SimpleMeterRegistry meters)
            throws InterruptedException {
        try (OrderedStreamReader reader = new OrderedStreamReader(
                clients,
                topics,
                limits,
                ENSEMBLE,
                StreamPosition.beginning(size.partitions()),
                4,
                (record, reason) -> {
                    throw new IllegalStateException(reason);
                },
                meters)) {
            for (long step = 0; step < size.steps(); step++) {
                Taught taught = reader.poll(PATIENCE);
                if (taught == null || taught.step() != step) {
                    throw new IllegalStateException("step " + step + " did not come, but " + taught);
                }
            }
        }
    }

    private static Minibatch minibatch(StreamTopics topics, PlanStep step, Size size) {
        int batch = step.sampleCount();
        int[] numbers = new int[batch];
        return new Minibatch(
                topics.streamId(),
                step.step(),
                step.epoch(),
                0,
                1,
                Tensor.ofBytes(new byte[batch * size.pixels()], batch, 1, 1, size.pixels()),
                Tensor.of(DataType.FLOAT16, ByteBuffer.allocate(2 * batch * size.pixels()), batch, 1, 1, size.pixels()),
                Tensor.ofInts(numbers),
                Tensor.ofInts(numbers),
                Minibatch.ODS,
                0,
                1);
    }

    private static TeacherLogits logits(StreamTopics topics, Minibatch batch, Size size) {
        float[] values = new float[size.members() * batch.samples() * size.classes()];
        return new TeacherLogits(
                topics.streamId(),
                batch.step(),
                0,
                1,
                ENSEMBLE,
                Tensor.ofFloats(values, size.members(), batch.samples(), size.classes()));
    }

    private static String row(Size size, RecordLimits limits, double seconds) {
        double minibatch = size.batch() * (3.0 * size.pixels() + 8);
        double logits = 4.0 * size.members() * size.batch() * size.classes();
        long records =
                (long) Math.ceil(minibatch / limits.recordBytes()) + (long) Math.ceil(logits / limits.recordBytes());
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%10d  %6d  %11d  %7d  %7d  %7.2f  %12d  %7.1f  %4.0f  %7d",
                size.partitions(),
                size.batch(),
                size.pixels(),
                size.members(),
                size.classes(),
                (minibatch + logits) / 1e6,
                records,
                size.steps() / seconds,
                size.steps() * (minibatch + logits) / 1e6 / seconds,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
}
