package dev.polyphony.launcher.run;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.broker.LocalBroker;
import dev.polyphony.launcher.broker.RemoteBroker;
import dev.polyphony.launcher.observe.Observation;
import dev.polyphony.launcher.place.Claim;
import dev.polyphony.launcher.place.FileClaim;
import dev.polyphony.launcher.place.RecordingWatch;
import dev.polyphony.launcher.place.WorkPlace;
import dev.polyphony.launcher.process.Child;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.process.Restarts;
import dev.polyphony.launcher.process.Supervisor;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.report.RunFacts;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.StreamFiles;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of a recipe: does what the store and the stream do not have yet. */
public final class Run {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final RunRequest request;
    private final Experiment experiment;
    private final boolean replay;
    private final WorkPlace place;
    private final Services services;
    private final Ending ending;
    private final StageBoard board;
    private final Shutdown shutdown;
    private CompletableFuture<?> brokerEnd = new CompletableFuture<>();

    private Run(
            RunRequest request,
            Experiment experiment,
            boolean replay,
            WorkPlace place,
            Ending ending,
            StageBoard board,
            Shutdown shutdown) {
        this.request = request;
        this.experiment = experiment;
        this.replay = replay;
        this.place = place;
        this.services = new Services(
                new Installation(WorkOption.home()),
                request,
                place.suffix(experiment.identities().runId()));
        this.ending = ending;
        this.board = board;
        this.shutdown = shutdown;
    }

    /**
     * Runs a recipe to its end.
     *
     * @param ending shows the finished run, while its broker still answers
     * @throws java.util.concurrent.CancellationException if it was stopped; the same request goes on
     */
    public static void execute(RunRequest request, Ending ending) {
        execute(request, open(request), ending);
    }

    /**
     * Runs a recipe whose data set is in memory already.
     *
     * @param experiment the request's recipe, opened
     * @param ending shows the finished run, while its broker still answers
     * @throws java.util.concurrent.CancellationException if it was stopped; the same request goes on
     */
    public static void execute(RunRequest request, Experiment experiment, Ending ending) {
        start(request, experiment, false, ending);
    }

    /**
     * Trains a recipe's student from the recorded stream alone: nothing is recorded, and the ensemble need not exist.
     *
     * @param experiment the request's recipe, opened
     * @param ending shows the finished run, while its broker still answers
     * @throws LauncherMistake if the stream is not complete and nobody is recording it
     * @throws java.util.concurrent.CancellationException if it was stopped; the same request goes on
     */
    public static void replay(RunRequest request, Experiment experiment, Ending ending) {
        start(request, experiment, true, ending);
    }

    private static void start(RunRequest request, Experiment experiment, boolean replay, Ending ending) {
        WorkDirectory work = request.work();
        String runId = experiment.identities().runId();
        try (Shutdown shutdown = new Shutdown()) {
            WorkPlace place = shutdown.add(WorkPlace.take(work, System.out::println));
            shutdown.add(Claim.RUN.take(work, runId));
            if (place.isAttached()) {
                shutdown.add((AutoCloseable) () -> Files.deleteIfExists(place.pids(runId)));
            }
            StageBoard board = shutdown.add(new StageBoard(Screen.of(System.out), new ProcessIds(place.pids(runId))));
            shutdown.onSignal(() -> board.say("stopping; the same command goes on where this stops"));
            if (request.observe()) {
                shutdown.add(Observation.start(work, board::say));
            }
            Run run = new Run(request, experiment, replay, place, ending, board, shutdown);
            shutdown.add(run::keepRates);
            run.executeBesideOthers();
        }
    }

    private void executeBesideOthers() {
        try {
            execute();
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException failure) {
            awaitOthers(text -> board.say("this run has failed: " + failure.getMessage() + "\n" + text));
            throw failure;
        }
        awaitOthers(board::say);
    }

    private void awaitOthers(Consumer<String> say) {
        place.awaitOthers(say, brokerEnd::isDone);
    }

    /** Whether there is nothing left to do of a run but to show it. */
    public static boolean isFinished(WorkDirectory work, Identities identities) {
        return Files.exists(work.run(identities.runId(), "summary.json"));
    }

    /** Opens a request's recipe and its data set. */
    public static Experiment open(RunRequest request) {
        try (DownloadBar bar = DownloadBar.onScreen()) {
            return Experiment.open(
                    request.recipe(), request.data(), request.work().imported(), bar);
        }
    }

    /** What happens with a finished run. */
    @FunctionalInterface
    public interface Ending {

        /**
         * Shows the run.
         *
         * @param say prints a line
         */
        void show(RunOutcome outcome, Consumer<String> say);
    }

    private void execute() {
        Identities ids = experiment.identities();
        board.say("recipe " + experiment.recipe().name() + ": data set " + ids.datasetId() + ", ensemble "
                + ids.ensembleId() + ", stream " + ids.streamId() + ", run " + ids.runId());
        board.say("work directory " + request.work().root());
        new StreamFiles(new DirectoryModelStore(request.work().store())).keep(parts());
        if (isFinished(request.work(), ids)) {
            board.say("run " + ids.runId() + " is finished");
            tellLaterWishes();
            finish(request.cluster());
            return;
        }
        if (request.cluster() != null) {
            RemoteBroker.check(request.cluster());
        }
        openShiftedImages();
        if (!replay) {
            trainMissingMembers();
        }
        finish(distil());
    }

    private void tellLaterWishes() {
        Identities ids = experiment.identities();
        RunFacts facts = RunFacts.read(request.work().store(), ids.ensembleId(), ids.runId());
        List<String> missing =
                LaterWishes.missing(experiment.recipe().evaluation(), facts.ensembleShift(), facts.studentShift());
        if (!missing.isEmpty()) {
            board.say("it has no scores yet on " + String.join(", ", missing) + ": 'polyphony figures "
                    + request.recipe() + "' measures them, and the next report shows them");
        }
    }

    /** The evaluator opens them itself; what cannot be had is told here, before hours of work. */
    private void openShiftedImages() {
        try (DownloadBar bar = DownloadBar.onScreen()) {
            ShiftedImages.open(experiment, request.data(), bar);
        }
    }

    private void trainMissingMembers() {
        String ensemble = experiment.identities().ensembleId();
        EnsembleFiles files =
                new EnsembleFiles(new DirectoryModelStore(request.work().store()), ensemble);
        int size = experiment.recipe().trainedMembers();
        List<Integer> missing = IntStream.range(0, size)
                .filter(member -> !files.hasMember(member))
                .boxed()
                .toList();
        if (missing.isEmpty()) {
            board.say("ensemble " + ensemble + (size == 0 ? " was imported: nothing to train" : " exists: reused"));
            return;
        }
        shutdown.add(Claim.ENSEMBLE.take(request.work(), ensemble));
        board.say("ensemble " + ensemble + ": training " + missing.size() + " of " + size + " members");
        int atOnce = request.threads().membersAtOnce(missing.size());
        for (int from = 0; from < missing.size(); from += atOnce) {
            List<Integer> batch = missing.subList(from, Math.min(missing.size(), from + atOnce));
            supervise(batch.stream().map(services::training).toList(), List.of());
        }
    }

    /** Records the stream as far as it is missing while the student learns from it; returns where the broker is. */
    private Cluster distil() {
        Cluster cluster = broker();
        List<JavaCommand> commands = new ArrayList<>();
        List<CompletableFuture<?>> needed = new ArrayList<>(List.of(brokerEnd));
        String stream = experiment.identities().streamId();
        boolean recorded = recorded(cluster);
        if (recorded) {
            board.say(
                    "stream " + stream + " is recorded: replaying; perturb-service and teacher-service are not needed");
        } else if (mayRecord()) {
            board.say("stream " + stream + ": recording while the student learns from it");
            commands.add(services.perturb(cluster));
            commands.add(services.teach(cluster));
        } else {
            board.say("stream " + stream + " is being recorded by another run: this one's student learns from it too");
            needed.add(shutdown.add(new RecordingWatch(request.work(), stream, () -> recorded(cluster)))
                    .end());
        }
        commands.add(services.trainer(cluster, recorded && !place.isAttached()));
        commands.add(services.evaluator(cluster, replay));
        tellIfAlone();
        supervise(commands, needed);
        return cluster;
    }

    /** The broker of the run that this one is attached to, the user's cluster, or one that is started. */
    private Cluster broker() {
        Cluster asked = request.cluster();
        String shared = place.bootstrapServers();
        if (shared != null) {
            if (asked != null && !asked.bootstrapServers().equals(shared)) {
                throw new LauncherMistake("the run in progress in "
                        + request.work().root() + " uses the broker "
                        + shared + ", this one asks for " + asked.bootstrapServers()
                        + ": wait for it, or give this one its own directory with --work DIR");
            }
            board.say("attached to the run in progress, whose broker is " + shared);
            brokerEnd = place.end();
            return asked == null ? new Cluster(shared, null) : asked;
        }
        if (asked == null) {
            LocalBroker local = shutdown.add(
                    LocalBroker.start(request.work().kafka(), request.work().log(LocalBroker.NAME), board));
            local.awaitReady();
            brokerEnd = local.end();
            asked = local.cluster();
        }
        place.open(asked.bootstrapServers());
        return asked;
    }

    /**
     * Whether this run records the stream; otherwise another one does.
     *
     * @throws LauncherMistake if nobody does, and this run may not
     */
    private boolean mayRecord() {
        String stream = experiment.identities().streamId();
        Optional<FileClaim> claim = Claim.STREAM.tryTake(request.work(), stream);
        claim.ifPresent(shutdown::add);
        if (claim.isPresent() && replay) {
            throw new LauncherMistake(
                    "stream " + stream + " is not complete, and no run is recording it: 'polyphony run "
                            + request.recipe() + "' records the rest, 'polyphony streams' says how much is there");
        }
        return claim.isPresent();
    }

    private StreamParts parts() {
        return StreamParts.of(
                experiment.recipe(),
                experiment.dataset().checksums(),
                request.work().imported());
    }

    private void tellIfAlone() {
        String ensemble = experiment.identities().ensembleId();
        EnsembleFiles files =
                new EnsembleFiles(new DirectoryModelStore(request.work().store()), ensemble);
        if (!files.isThere(experiment.recipe().ensemble())) {
            board.say("ensemble " + ensemble + " is not in the model store any more: the student is scored without it");
        }
    }

    private boolean recorded(Cluster cluster) {
        RecordedStream stream =
                new RecordedStream(cluster.clients(), experiment.identities().streamId());
        return stream.steps() >= experiment.streamPlan().steps() && !stream.hasBacklog();
    }

    private void supervise(List<JavaCommand> commands, List<CompletableFuture<?>> needed) {
        Supervisor supervisor = shutdown.add(new Supervisor(PATIENCE));
        needed.forEach(supervisor::need);
        for (JavaCommand command : commands) {
            supervisor.add(Child.start(command, request.work().log(command.name()), Restarts.OF_WORK, board));
        }
        supervisor.await();
    }

    private void finish(@Nullable Cluster cluster) {
        board.settle();
        RunOutcome outcome = new RunOutcome(experiment, request.work(), cluster, keepRates());
        ending.show(outcome, board::say);
    }

    private List<StageRate> keepRates() {
        return StageRates.keep(request.work(), experiment.identities().runId(), board.rates());
    }
}
