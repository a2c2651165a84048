package dev.polyphony.chaos;

import dev.polyphony.chaos.faults.Fault;
import dev.polyphony.chaos.faults.LeaderLoss;
import dev.polyphony.chaos.stream.SmallStream;
import dev.polyphony.launcher.WorkDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The suite, run by hand: the long form. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Injures a small stream at random, and asks for the weights of an undisturbed one.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing was lost, nothing counted twice, all weights are identical", "1:otherwise"})
public final class Chaos implements Callable<Integer> {

    @Option(names = "--brief", description = "Only the short form, as in the build.")
    private boolean brief;

    @Option(names = "--faults", paramLabel = "N", description = "Faults in the one run. Default: ${DEFAULT-VALUE}.")
    private int faults = 100;

    @Option(
            names = "--leader-losses",
            paramLabel = "N",
            description = "Of a run on three brokers. Default: ${DEFAULT-VALUE}.")
    private int leaderLosses = 5;

    @Option(names = "--seed", paramLabel = "N", description = "Draws the faults and their times. Default: any.")
    private @Nullable Long seed;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Only faults with this in their names; may be given again.")
    private List<String> only = List.of();

    @Option(
            names = "--work",
            paramLabel = "DIR",
            required = true,
            description = "Where everything is written; at most the undisturbed run of before is in it.")
    private Path work = Path.of("");

    /** Runs it and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Chaos());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            failure.printStackTrace(command.getErr());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() {
        long chosen = seed == null ? System.nanoTime() & 0xffffffffL : seed;
        SplittableRandom random = new SplittableRandom(chosen);
        System.out.println("seed " + chosen);
        SmallStream stream = SmallStream.in(work.resolve("recipe"), brief ? Suite.BRIEF_EPOCHS : Suite.epochs(faults));
        Suite suite = new Suite(stream, work, System.out::println);
        String weights = suite.quiet();
        boolean holds = true;
        for (Outcome outcome : outcomes(suite, random, weights)) {
            FaultTable table = new FaultTable(outcome);
            table.write(work, chosen);
            System.out.println("\n" + table.markdown());
            holds = holds && outcome.holds();
        }
        if (brief) {
            return holds ? 0 : 1;
        }
        WorkDirectory retention = suite.work("retention");
        suite.copyEnsemble(retention);
        System.out.println("retention: " + new RetentionScenario(stream, retention).run());
        return holds ? 0 : 1;
    }

    private List<Outcome> outcomes(Suite suite, SplittableRandom random, String weights) {
        if (brief) {
            return List.of(suite.brief(random, weights));
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Fault> drawn = FaultPlan.random(
                random, faults, name -> only.isEmpty() || only.stream().anyMatch(name::contains));
        outcomes.add(suite.disturbed("one-broker", 1, drawn, random, weights));
        if (leaderLosses > 0) {
            List<Fault> losses = Collections.nCopies(leaderLosses, new LeaderLoss());
            outcomes.add(suite.disturbed("three-brokers", 3, losses, random, weights));
        }
        return outcomes;
    }
}
