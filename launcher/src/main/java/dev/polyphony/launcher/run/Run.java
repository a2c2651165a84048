package dev.polyphony.launcher.run;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.experiment.Identities;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkLock;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.LocalBroker;
import dev.polyphony.launcher.broker.RemoteBroker;
import dev.polyphony.launcher.process.Child;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.process.Restarts;
import dev.polyphony.launcher.process.Supervisor;
import dev.polyphony.launcher.report.RunFacts;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.streaming.Backlog;
import dev.polyphony.streaming.Backlog.Uncommitted;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of a recipe: does what the store and the stream do not have yet. */
public final class Run {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final RunRequest request;
    private final Experiment experiment;
    private final Services services;
    private final Ending ending;
    private final StageBoard board;
    private final Shutdown shutdown;

    private Run(
            RunRequest request,
            Experiment experiment,
            Services services,
            Ending ending,
            StageBoard board,
            Shutdown shutdown) {
        this.request = request;
        this.experiment = experiment;
        this.services = services;
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
        WorkDirectory work = request.work();
        try (Shutdown shutdown = new Shutdown()) {
            shutdown.add(WorkLock.take(work));
            StageBoard board = shutdown.add(new StageBoard(Screen.of(System.out), new ProcessIds(work.pids())));
            shutdown.onSignal(() -> board.say("stopping; the same command goes on where this stops"));
            Services services = new Services(new Installation(WorkOption.home()), request);
            Run run = new Run(request, experiment, services, ending, board, shutdown);
            shutdown.add(run::keepRates);
            run.execute();
        }
    }

    /** Whether there is nothing left to do of a run but to show it. */
    public static boolean isFinished(WorkDirectory work, Identities identities) {
        return Files.exists(work.run(identities.runId(), "summary.json"));
    }

    private static Experiment open(RunRequest request) {
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
        if (isFinished(request.work(), ids)) {
            board.say("run " + ids.runId() + " is finished");
            tellLaterWishes();
            finish(request.bootstrapServers());
            return;
        }
        if (request.bootstrapServers() != null) {
            RemoteBroker.check(request.bootstrapServers());
        }
        openShiftedImages();
        trainMissingMembers();
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
        board.say("ensemble " + ensemble + ": training " + missing.size() + " of " + size + " members");
        int atOnce = request.threads().membersAtOnce(missing.size());
        for (int from = 0; from < missing.size(); from += atOnce) {
            List<Integer> batch = missing.subList(from, Math.min(missing.size(), from + atOnce));
            supervise(batch.stream().map(services::training).toList(), null);
        }
    }

    /** Records the stream as far as it is missing while the student learns from it; returns where the broker is. */
    private String distil() {
        String servers = request.bootstrapServers();
        CompletableFuture<?> broker = null;
        if (servers == null) {
            LocalBroker local = shutdown.add(
                    LocalBroker.start(request.work().kafka(), request.work().log(LocalBroker.NAME), board));
            local.awaitReady();
            servers = local.bootstrapServers();
            broker = local.end();
        }
        List<JavaCommand> commands = new ArrayList<>();
        String stream = experiment.identities().streamId();
        boolean replay = recorded(servers);
        if (replay) {
            board.say(
                    "stream " + stream + " is recorded: replaying; perturb-service and teacher-service are not needed");
        } else {
            board.say("stream " + stream + ": recording while the student learns from it");
            commands.add(services.perturb(servers));
            commands.add(services.teach(servers));
        }
        commands.add(services.trainer(servers, replay));
        commands.add(services.evaluator(servers));
        supervise(commands, broker);
        return servers;
    }

    private boolean recorded(String servers) {
        RecordLimits limits = RecordLimits.of(
                experiment.recipe().stream().batchSize(),
                experiment.dataset().shape().pixels(),
                experiment.recipe().stream().precision(),
                experiment.recipe().ensemble().size(),
                experiment.dataset().classes());
        StreamTopics topics = new StreamTopics(experiment.identities().streamId());
        KafkaClients clients = KafkaClients.of(servers);
        return StreamProgress.of(clients, topics.logits(), limits)
                        .complete(experiment.streamPlan().steps())
                // What was made up for dead letters is work for the services once more.
                && !Backlog.exists(clients, topics.group("perturb"), topics.plan(), limits, Uncommitted.NONE)
                && !Backlog.exists(clients, topics.group("teacher"), topics.minibatches(), limits, Uncommitted.NONE);
    }

    private void supervise(List<JavaCommand> commands, @Nullable CompletableFuture<?> broker) {
        Supervisor supervisor = shutdown.add(new Supervisor(PATIENCE));
        if (broker != null) {
            supervisor.need(broker);
        }
        for (JavaCommand command : commands) {
            supervisor.add(Child.start(command, request.work().log(command.name()), Restarts.OF_WORK, board));
        }
        supervisor.await();
    }

    private void finish(@Nullable String bootstrapServers) {
        board.settle();
        RunOutcome outcome = new RunOutcome(experiment, request.work(), bootstrapServers, keepRates());
        ending.show(outcome, board::say);
    }

    private List<StageRate> keepRates() {
        return StageRates.keep(request.work(), experiment.identities().runId(), board.rates());
    }
}
