package dev.polyphony.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.chaos.faults.LeaderLoss;
import dev.polyphony.chaos.stream.SmallStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the suite: one fault of each cheap kind, and a leader of three brokers that dies. */
@Timeout(1200)
class ChaosIT {

    private static final long SEED = 1;

    @TempDir
    Path directory;

    @Test
    void injuredRuns_loseNothing_countNothingTwice_andHaveTheWeightsOfAQuietOne() {
        SplittableRandom random = new SplittableRandom(SEED);
        SmallStream stream =
                SmallStream.in(directory.resolve("recipe"), Suite.epochs(FaultPlan.brief().size()));
        Suite suite = new Suite(stream, directory, System.out::println);
        String weights = suite.quiet();

        Outcome one = suite.disturbed("one-broker", 1, FaultPlan.brief(), random, weights);
        Outcome three = suite.disturbed("three-brokers", 3, List.of(new LeaderLoss()), random, weights);

        System.out.println(new FaultTable(one).markdown());
        assertThat(one.ledger().lost()).isEmpty();
        assertThat(one.ledger().duplicated()).isEmpty();
        assertThat(one.identical()).isTrue();
        assertThat(one.faults()).hasSameSizeAs(FaultPlan.brief());
        assertThat(three.holds()).as("%s", three).isTrue();
    }
}
