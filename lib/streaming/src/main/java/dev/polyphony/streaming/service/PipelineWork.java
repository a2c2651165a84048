package dev.polyphony.streaming.service;

import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.meters.StreamMeter;
import dev.polyphony.streaming.pipeline.PipelineSettings;
import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.streaming.pipeline.StepGate;
import dev.polyphony.streaming.pipeline.TransactionalPipeline;
import dev.polyphony.wire.StepRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The work of perturb- and teacher-service: a pipeline from one topic of the stream to the next.
 *
 * @param <I> input
 * @param <O> output
 */
public final class PipelineWork<I extends StepRecord, O extends StepRecord> implements Work {

    private final String role;
    private final KafkaClients clients;
    private final PipelineSettings settings;
    private final StreamPlan plan;
    private final Heartbeat heartbeat;
    private final TransactionalPipeline<I, O> pipeline;
    private final Counter images;
    private long done;
    private ProgressLines progress;

    /**
     * The work of one stage.
     *
     * @param role names the thread and the stage of the progress lines
     */
    public PipelineWork(
            String role,
            KafkaClients clients,
            PipelineSettings settings,
            RecordType<I> inputs,
            RecordType<O> outputs,
            Stage<I, O> stage,
            StepGate gate,
            StreamPlan plan,
            MeterRegistry registry,
            Heartbeat heartbeat) {
        this.role = role;
        this.clients = clients;
        this.settings = settings;
        this.plan = plan;
        this.heartbeat = heartbeat;
        this.pipeline =
                new TransactionalPipeline<>(clients, settings, inputs, outputs, stage, gate, registry, this::committed);
        this.images = StreamMeter.IMAGES.counter(registry);
        StreamMeter.STREAM_STEPS.gauge(registry, plan::steps);
        this.progress = ProgressLines.silent();
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public void run() {
        done = StreamProgress.of(clients, settings.outputTopic(), settings.limits())
                .nextStep();
        progress = new ProgressLines(role, done, plan.steps(), System.out);
        pipeline.run();
    }

    private void committed(long step) {
        heartbeat.beat();
        if (pipeline.isAssigned()) {
            heartbeat.ready();
        }
        if (step >= 0) {
            done++;
            images.increment(plan.sampleCount(step));
            progress.update(done, plan.sampleCount(step), "");
        }
    }

    @Override
    public void stop() {
        pipeline.stop();
    }
}
