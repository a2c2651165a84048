package dev.polyphony.launcher.verify;

import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.experiment.UnknownEnsembleException;
import dev.polyphony.launcher.verify.RunEvidence.StoredCheckpoint;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.reader.Consumed;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Proves of a run, from the log and the store alone: every step of its stream was planned once, perturbed once and
 * taught once by every member, and applied once, in order, to the student that its checkpoints hold.
 */
final class Ledger {

    private final RunEvidence run;
    private final KafkaClients clients;
    private final ImportedEnsembles imported;
    private final Consumer<String> say;

    /**
     * The ledger of a run.
     *
     * @param imported says what the members of an imported ensemble are
     * @param say told of every check that holds
     */
    Ledger(RunEvidence run, KafkaClients clients, ImportedEnsembles imported, Consumer<String> say) {
        this.run = run;
        this.clients = clients;
        this.imported = imported;
        this.say = say;
    }

    private record Drawn(int epoch, int samples, String kind, long seed) {}

    private record Said(int members, int samples) {}

    /** @throws BrokenLedgerException at the first check that does not hold */
    void verify() {
        identities();
        Provenance provenance = run.provenance();
        StreamTopics topics = new StreamTopics(provenance.identities().streamId());
        TopicAudit<PlanStep, PlanStep> plan = TopicAudit.of(
                clients,
                topics.plan(),
                RecordType.PLAN,
                record -> requireStream(record.streamId(), topics),
                step -> step);
        TopicAudit<Minibatch, Drawn> minibatches = TopicAudit.of(
                clients,
                topics.minibatches(),
                RecordType.MINIBATCHES,
                record -> requireStream(record.streamId(), topics),
                batch -> new Drawn(batch.epoch(), batch.samples(), batch.kind(), batch.seed()));
        TopicAudit<TeacherLogits, Said> logits = TopicAudit.of(
                clients,
                topics.logits(),
                RecordType.LOGITS,
                record -> {
                    requireStream(record.streamId(), topics);
                    requireEnsemble(record.ensembleId(), provenance);
                },
                said -> new Said(Math.toIntExact(said.logits().shape().get(0)), said.samples()));
        recorded(plan, minibatches, logits);
        applied(minibatches, logits, plan.count());
        evaluated();
    }

    private static void requireStream(String streamId, StreamTopics topics) {
        if (!streamId.equals(topics.streamId())) {
            throw new UnreadableRecordException("a record of stream " + streamId);
        }
    }

    private static void requireEnsemble(String ensembleId, Provenance provenance) {
        if (!ensembleId.equals(provenance.identities().ensembleId())) {
            throw new UnreadableRecordException("logits of ensemble " + ensembleId);
        }
    }

    private void identities() {
        for (StoredCheckpoint checkpoint : run.checkpoints()) {
            Provenance provenance = checkpoint.provenance();
            require(
                    provenance.identities().runId().equals(run.runId()),
                    checkpoint.file().address() + " is of run "
                            + provenance.identities().runId());
            require(
                    provenance.identities().equals(run.provenance().identities()),
                    checkpoint.file().address() + " has other identities than the last checkpoint");
        }
        Provenance provenance = run.provenance();
        String recomputed;
        try {
            Identities identities = Identities.of(provenance.recipe(), provenance.checksums(), imported);
            require(
                    identities.equals(provenance.identities()),
                    "the recipe and the data's checksums in the checkpoints give " + identities
                            + ", the checkpoints say " + provenance.identities());
            recomputed = "identities follow from recipe and data";
        } catch (UnknownEnsembleException gone) {
            recomputed = "identities not recomputed: the imported ensemble is not in the store any more";
        }
        say.accept(run.checkpoints().size() + " checkpoints: undamaged, of run " + run.runId() + "; " + recomputed);
    }

    private void recorded(
            TopicAudit<PlanStep, PlanStep> plan,
            TopicAudit<Minibatch, Drawn> minibatches,
            TopicAudit<TeacherLogits, Said> logits) {
        require(plan.count() > 0, plan.topic() + " holds no step: the stream is not on this broker");
        require(
                plan.partitions() == minibatches.partitions() && plan.partitions() == logits.partitions(),
                "the stream's topics have different numbers of partitions");
        int members = run.provenance().recipe().ensemble().size();
        long seed = run.provenance().recipe().stream().seed();
        long recorded = Math.max(minibatches.count(), logits.count());
        for (long step = 0; step < recorded; step++) {
            PlanStep planned = plan.step(step).facts();
            Drawn drawn = minibatches.step(step).facts();
            Said said = logits.step(step).facts();
            require(
                    drawn.epoch() == planned.epoch()
                            && drawn.samples() == planned.sampleCount()
                            && drawn.seed() == seed,
                    "minibatch " + step + " is not the planned one: " + drawn + ", planned " + planned);
            require(
                    said.members() == members && said.samples() == drawn.samples(),
                    "logits of step " + step + ": " + said + " where " + members + " members and " + drawn.samples()
                            + " images were expected");
        }
        say.accept("plan: " + plan.count() + " steps, each once" + extras(plan));
        say.accept("minibatches: " + minibatches.count() + " steps, each once" + extras(minibatches));
        say.accept("logits: " + logits.count() + " steps of " + members + " members of ensemble "
                + run.provenance().identities().ensembleId() + ", each once" + extras(logits));
    }

    private static String extras(TopicAudit<?, ?> topic) {
        List<String> extras = new ArrayList<>();
        if (topic.redelivered() > 0) {
            extras.add(topic.redelivered() + " delivered again with the same bytes");
        }
        if (topic.unreadable() > 0) {
            extras.add(topic.unreadable() + " strangers' records passed over");
        }
        return extras.isEmpty() ? "" : " (" + String.join(", ", extras) + ")";
    }

    private void applied(TopicAudit<Minibatch, Drawn> minibatches, TopicAudit<TeacherLogits, Said> logits, long steps) {
        Consumed consumed = Consumed.NOTHING;
        long next = 0;
        for (StoredCheckpoint checkpoint : run.checkpoints()) {
            long before = next;
            for (; next < checkpoint.facts().nextStep(); next++) {
                consumed = consumed.then(hashes(
                        minibatches.step(next).hashes(), logits.step(next).hashes()));
            }
            require(
                    consumed.sha256().equals(checkpoint.facts().consumed()),
                    checkpoint.file().address() + " has not applied each of steps " + before + " to " + (next - 1)
                            + " once, in order, as the log holds them");
        }
        say.accept("applied: steps 0 to " + (next - 1) + " of " + steps + ", each once and in order, by "
                + run.checkpoints().size() + " checkpoints' chains of hashes; the last is " + consumed.sha256());
    }

    private static List<String> hashes(List<String> minibatch, List<String> logits) {
        List<String> all = new ArrayList<>(minibatch);
        all.addAll(logits);
        return all;
    }

    private void evaluated() {
        Set<String> files = new HashSet<>();
        run.checkpoints().forEach(checkpoint -> files.add(checkpoint.file().sha256()));
        for (JsonNode evaluation : run.evaluations()) {
            require(
                    files.contains(evaluation.path("checkpointSha256").asString()),
                    "the evaluation after step " + evaluation.path("nextStep").asLong()
                            + " is of a file that is not among the checkpoints");
        }
        run.summary().ifPresent(summary -> {
            StoredCheckpoint last = run.last();
            require(
                    summary.path("lastStep").asLong() == last.facts().nextStep(),
                    "the run ended after step " + summary.path("lastStep").asLong() + ", its last checkpoint is after "
                            + last.facts().nextStep());
            require(
                    summary.path("consumed").asString().equals(last.facts().consumed()),
                    "the summary names other bytes than the last checkpoint");
        });
        say.accept("evaluations: " + run.evaluations().size() + ", each of a checkpoint above; the run is "
                + (run.summary().isPresent() ? "finished" : "not finished"));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new BrokenLedgerException(message);
        }
    }
}
