package dev.polyphony.chaos.stream;

import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.process.Child;
import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.CoreUse;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.Restarts;
import dev.polyphony.launcher.process.ThreadPlan;
import dev.polyphony.launcher.run.Installation;
import dev.polyphony.launcher.run.RunRequest;
import dev.polyphony.launcher.run.Services;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Starts the services of a run as children that are started again however often they die, as Kubernetes would. */
final class ServiceChildren {

    private static final Restarts EVER = new Restarts(Integer.MAX_VALUE, Duration.ofMillis(500), false);

    /**
     * So that a killed trainer has a checkpoint to go back to, and steps to do again. Fewer steps than flow from fault to
     * fault: one that strikes a checkpoint waits for the next.
     */
    private static final int CHECKPOINT_EVERY = 10;

    /** Steps that perturb-service may be ahead. */
    static final int LEAD = 64;

    private final Services services;
    private final WorkDirectory work;
    private final ChildListener listener;

    ServiceChildren(SmallStream stream, WorkDirectory work, ChildListener listener) {
        RunRequest request =
                new RunRequest(stream.recipe().toString(), work, stream.data(), null, new ThreadPlan(1), false);
        this.services = new Services(new Installation(WorkOption.home()), request, "");
        this.work = work;
        this.listener = listener;
    }

    Child training(int member) {
        return start(services.training(member));
    }

    Child serve(Role role, int replica, String servers) {
        Cluster cluster = new Cluster(servers, null);
        JavaCommand command =
                switch (role) {
                    case PERTURB -> services.perturb(cluster);
                    case TEACHER -> services.teach(cluster);
                    case TRAINER -> services.trainer(cluster, false);
                    case EVALUATOR -> services.evaluator(cluster, false);
                };
        return start(replica(command, role.child(replica), replica));
    }

    private JavaCommand replica(JavaCommand command, String name, int replica) {
        Stream<String> arguments = command.arguments().stream().map(argument -> {
            if (argument.startsWith("--polyphony.replica=")) {
                return "--polyphony.replica=" + replica;
            }
            return argument.startsWith("--polyphony.port-file=")
                    ? "--polyphony.port-file=" + work.port(name)
                    : argument;
        });
        List<String> more = List.of(
                "--polyphony.student.checkpoint-every-steps=" + CHECKPOINT_EVERY,
                "--polyphony.perturb.lead-steps=" + LEAD);
        return new JavaCommand(
                name,
                command.classPath(),
                command.mainClass(),
                command.heap(),
                command.threads(),
                // The evaluator too: who takes what others leave never recovers on a busy machine.
                CoreUse.SHARED,
                Stream.concat(arguments, more.stream()).toList());
    }

    private Child start(JavaCommand command) {
        return Child.start(command, work.log(command.name()), EVER, listener);
    }
}
