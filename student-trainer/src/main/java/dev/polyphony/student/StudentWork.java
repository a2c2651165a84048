package dev.polyphony.student;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.distillation.LearningRateSchedule;
import dev.polyphony.distillation.Losses;
import dev.polyphony.distillation.StudentTraining;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.Network;
import dev.polyphony.models.store.Checkpoint;
import dev.polyphony.streaming.pacing.StudentReporter;
import dev.polyphony.streaming.reader.Consumed;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.streaming.reader.Taught;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.ProgressLines;
import dev.polyphony.streaming.service.Work;
import dev.polyphony.streaming.tracing.StepTraces;
import dev.polyphony.streaming.tracing.StepWork;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the student, strictly in step order. What a restart goes on from is the checkpoint alone: weights, optimiser
 * state and offsets never disagree, whenever the process died.
 */
final class StudentWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(StudentWork.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int POLLS_TO_SAY = 20;

    private final Experiment experiment;
    private final Network network;
    private final NDManager manager;
    private final StudentStream stream;
    private final StudentCheckpoints checkpoints;
    private final CurveLog curves;
    private final StudentMeters meters;
    private final StepTraces traces;
    private final int checkpointEvery;
    private final Heartbeat heartbeat;
    private volatile boolean stopping;

    StudentWork(
            Experiment experiment,
            Network network,
            NDManager manager,
            StudentStream stream,
            StudentCheckpoints checkpoints,
            CurveLog curves,
            StudentMeters meters,
            StepTraces traces,
            int checkpointEvery,
            Heartbeat heartbeat) {
        this.experiment = experiment;
        this.network = network;
        this.manager = manager;
        this.stream = stream;
        this.checkpoints = checkpoints;
        this.curves = curves;
        this.meters = meters;
        this.traces = traces;
        this.checkpointEvery = checkpointEvery;
        this.heartbeat = heartbeat;
    }

    @Override
    public String role() {
        return "student";
    }

    @Override
    public void run() throws InterruptedException {
        StreamPlan plan = experiment.streamPlan();
        StudentPart student = experiment.recipe().student();
        Checkpoint start = checkpoints.restoreOrInitialise(manager);
        curves.restore(start.nextStep());
        StreamPosition position = checkpoints.position(start, stream.partitions());
        try (StudentTraining training = new StudentTraining(network, start.state(), student, plan.epochs());
                OrderedStreamReader reader = stream.open(position);
                StudentReporter reporter = stream.report(position)) {
            checkpoints.announceUpTo(start.nextStep());
            heartbeat.ready();
            learn(plan, start, training, reader, reporter);
        }
    }

    private void learn(
            StreamPlan plan,
            Checkpoint start,
            StudentTraining training,
            OrderedStreamReader reader,
            StudentReporter reporter)
            throws InterruptedException {
        StudentStage stage = new StudentStage(manager, experiment, network, training, meters);
        LearningRateSchedule schedule = new LearningRateSchedule(
                plan.epochs(), experiment.recipe().student().warmupEpochs());
        long from = start.nextStep();
        Consumed consumed = checkpoints.consumed(start);
        ProgressLines progress = new ProgressLines(role(), from, plan.steps(), System.out);
        long next = from;
        long saved = from;
        int polls = 0;
        boolean recorded = false;
        while (next < plan.steps() && !stopping) {
            Taught taught = reader.poll(PATIENCE);
            heartbeat.beat();
            if (taught == null) {
                if (++polls % POLLS_TO_SAY == 0) {
                    LOG.info("waiting: {}", reader.missing());
                    recorded = requireThatItCanCome(next, recorded, reader);
                }
                continue;
            }
            polls = 0;
            recorded = false;
            int epoch = plan.epoch(next);
            Losses losses = traces.within(StepWork.LEARN, next, () -> meters.timed(() -> stage.apply(taught)));
            consumed = consumed.then(taught.hashes());
            double rate = experiment.recipe().student().learningRate() * schedule.factor(epoch + 1);
            curves.add(next, epoch, losses, rate);
            meters.learned(losses, rate, plan.sampleCount(next));
            next++;
            if (isDue(plan, next)) {
                save(training, reader.position(), consumed);
                saved = next;
            }
            reporter.at(reader.position());
            progress.update(
                    next,
                    plan.sampleCount(next - 1),
                    String.format(
                            Locale.ROOT, "\"loss\":%.4f,\"waited\":%.3f", losses.total(), reader.secondsWaiting()));
        }
        if (saved < next) {
            save(training, reader.position(), consumed);
        }
    }

    /** Of a stream that was all there the last time, nothing more comes. */
    private boolean requireThatItCanCome(long step, boolean wasRecorded, OrderedStreamReader reader) {
        if (wasRecorded && reader.isAtEnd()) {
            throw stream.missing(step);
        }
        return stream.isRecorded();
    }

    private boolean isDue(StreamPlan plan, long next) {
        return next % checkpointEvery == 0 || next % plan.stepsPerEpoch() == 0;
    }

    /** Curves first: a checkpoint without its curves would lose them, curves without their checkpoint are cut back. */
    private void save(StudentTraining training, StreamPosition position, Consumed consumed) {
        long began = System.nanoTime();
        curves.save();
        checkpoints.save(training.state(), position, consumed);
        meters.saved(System.nanoTime() - began);
    }

    @Override
    public void stop() {
        stopping = true;
    }
}
