package dev.polyphony.launcher.run;

import dev.polyphony.launcher.WorkLock;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.process.Child;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.process.Restarts;
import dev.polyphony.launcher.process.Supervisor;
import java.time.Duration;
import java.util.List;

/** Measures what the paper's figures show of finished runs, in a process for each. Needs no broker. */
public final class Analyses {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Analyses() {}

    /**
     * Measures runs, one after the other. What is measured is kept in the store.
     *
     * @param requests recipes of finished runs, all in one work directory; at least one
     * @throws java.util.concurrent.CancellationException if it was stopped; the same requests go on
     */
    public static void execute(List<RunRequest> requests) {
        RunRequest first = requests.get(0);
        try (Shutdown shutdown = new Shutdown()) {
            shutdown.add(WorkLock.take(first.work()));
            for (RunRequest request : requests) {
                ProcessIds processes = new ProcessIds(request.work().pids());
                StageBoard board = shutdown.add(new StageBoard(Screen.of(System.out), processes));
                if (request.equals(first)) {
                    shutdown.onSignal(() -> board.say("stopping; the same command goes on where this stops"));
                }
                Services services = new Services(new Installation(WorkOption.home()), request, "");
                Supervisor supervisor = shutdown.add(new Supervisor(PATIENCE));
                var command = services.analyse();
                supervisor.add(Child.start(command, request.work().log(command.name()), Restarts.OF_WORK, board));
                supervisor.await();
                board.close();
            }
        }
    }
}
