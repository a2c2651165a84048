package dev.polyphony.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Identities;
import dev.polyphony.launcher.LauncherProcess;
import dev.polyphony.launcher.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Record once, distil many times: with real processes, while it is recorded and when nothing but the log is left. */
class ReplayIT {

    private static final String RECIPE = """
            dataset:    {name: fashion-mnist-small, trainSamples: 1024}
            ensemble:   {architecture: resnet-8, width: 4, stemStride: 2, size: 2, batchSize: 64, learningRate: 0.05, weightDecay: 4e-4, warmupEpochs: 1, epochs: 2, seed: 1}
            stream:     {perturbation: confods, stepSize: 1.0, temperature: 4, batchSize: 16, epochs: 4, seed: 1}
            student:    {architecture: batch-ensemble, network: resnet-8, width: 4, stemStride: 2, subnetworks: 2, distillationWeight: 0.9, temperature: 4, learningRate: 0.02, weightDecay: 4e-4, warmupEpochs: 1, seed: SEED}
            evaluation: {splits: [validation]}
            """;

    @TempDir
    private Path directory = Path.of("");

    private int commands;

    @Test
    void twoStudents_learnFromAStreamWhileItIsRecorded() throws Exception {
        WorkDirectory work = new WorkDirectory(directory.resolve("work"));
        Path first = recipe(1);
        Path second = recipe(2);
        String stream =
                Experiment.open(first.toString(), work.data()).identities().streamId();

        anAttachedRun_endsWithTheOneThatHasTheBroker(work, first, second);

        LauncherProcess recording = start(work, "run", first.toString());
        recording.awaitOutput("recording while the student learns from it");
        LauncherProcess attached = start(work, "run", second.toString());
        attached.awaitOutput("attached to the run in progress");
        attached.ended(0);
        recording.ended(0);
        assertThat(work.owner()).doesNotExist();

        String whileRecorded = weights(work, second);
        start(work, "delete", runId(second, work), "--yes").ended(0);
        start(work, "replay", stream, "--recipe", second.toString()).ended(0);
        assertThat(weights(work, second)).isEqualTo(whileRecorded);
    }

    @Test
    void aStream_teachesAgainWhenNothingButTheLogIsLeft() throws Exception {
        WorkDirectory work = new WorkDirectory(directory.resolve("work"));
        Path first = recipe(1);
        Path third = recipe(3);
        Identities ids = Experiment.open(first.toString(), work.data()).identities();
        start(work, "run", first.toString()).ended(0);

        start(work, "delete", ids.ensembleId(), "--yes").ended(0);
        assertThat(work.store().resolve("ensembles").resolve(ids.ensembleId())).doesNotExist();
        long taught = Files.size(work.log("teacher-service"));
        String weights = replay(work, ids.streamId(), third);
        assertThat(Files.size(work.log("teacher-service"))).isEqualTo(taught);

        Path archive = directory.resolve("archive");
        start(work, "archive", ids.streamId(), "--to", archive.toString()).ended(0);
        WorkDirectory elsewhere = new WorkDirectory(directory.resolve("elsewhere"));
        start(elsewhere, "restore", archive.toString()).ended(0);
        assertThat(replay(elsewhere, ids.streamId(), third)).isEqualTo(weights);
        mistakes_areToldByOneMessage(elsewhere, ids);
    }

    private void anAttachedRun_endsWithTheOneThatHasTheBroker(WorkDirectory work, Path first, Path second)
            throws Exception {
        LauncherProcess owner = start(work, "run", first.toString());
        owner.awaitOutput("recording while the student learns from it");
        LauncherProcess attached = start(work, "run", second.toString());
        attached.awaitOutput("is being recorded by another run");
        LauncherProcess twin = start(work, "run", second.toString()).ended(2);
        assertThat(twin.output()).contains("run " + runId(second, work) + " is in progress already by process ");
        assertThat(owner.isAlive()).as("the recording is in progress").isTrue();
        owner.kill();
        attached.ended(1);
        assertThat(attached.output()).contains("the run that this one was attached to", "has ended before it");
    }

    private void mistakes_areToldByOneMessage(WorkDirectory work, Identities ids) throws Exception {
        Path other = Files.writeString(
                directory.resolve("other.yaml"), RECIPE.replace("SEED", "1").replace("stepSize: 1.0", "stepSize: 2.0"));
        LauncherProcess differs = start(work, "replay", ids.streamId(), "--recipe", other.toString())
                .ended(2);
        assertThat(differs.output())
                .contains("They differ in:", "stream.stepSize: 1.0 in " + ids.streamId() + ", 2.0 in the recipe")
                .doesNotContain("\tat ");
        String unrecorded =
                Experiment.open(other.toString(), work.data()).identities().streamId();
        LauncherProcess incomplete =
                start(work, "replay", unrecorded, "--recipe", other.toString()).ended(2);
        assertThat(incomplete.output())
                .contains("stream " + unrecorded + " is not complete, and no run is recording it")
                .doesNotContain("\tat ");
        LauncherProcess unknown = start(work, "replay", "ffffffffffff", "--recipe", other.toString())
                .ended(2);
        assertThat(unknown.output()).contains("knows of no stream ffffffffffff");
    }

    /** Replays a stream without its ensemble, and returns the SHA-256 of the last weights. */
    private String replay(WorkDirectory work, String stream, Path recipe) throws Exception {
        LauncherProcess replay =
                start(work, "replay", stream, "--recipe", recipe.toString()).ended(0);
        assertThat(replay.output())
                .contains(
                        "stream " + stream + " is recorded: replaying",
                        "is not in the model store any more: the student is scored without it",
                        "its scores, and what they are the measure of (DEE), are not to be had")
                .containsPattern("read   polyphony\\." + stream + "\\.minibatches, partition 0: offsets 0\\.\\.\\d+, ")
                .containsPattern("read   polyphony\\." + stream + "\\.logits, partition 0: offsets 0\\.\\.\\d+, ")
                .doesNotContain("perturb:", "teach:");
        assertThat(Files.readString(work.root().resolve("reports/" + runId(recipe, work) + "/report.html")))
                .contains("is not in the model store any more", "read of polyphony." + stream + ".minibatches");
        return weights(work, recipe);
    }

    private String weights(WorkDirectory work, Path recipe) throws IOException {
        String weights = JsonMapper.builder()
                .build()
                .readTree(Files.readString(work.run(runId(recipe, work), "summary.json")))
                .path("weightsSha256")
                .asString();
        assertThat(weights).hasSize(64);
        return weights;
    }

    private static String runId(Path recipe, WorkDirectory work) {
        return Experiment.open(recipe.toString(), work.data()).identities().runId();
    }

    private Path recipe(int seed) throws IOException {
        return Files.writeString(
                directory.resolve("student-" + seed + ".yaml"), RECIPE.replace("SEED", Integer.toString(seed)));
    }

    private LauncherProcess start(WorkDirectory work, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--work", work.root().toString()));
        commands++;
        return LauncherProcess.start(
                directory.resolve(commands + "-" + arguments[0] + ".log"), all.toArray(String[]::new));
    }
}
