package dev.polyphony.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.chaos.stream.SmallStream;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the suite: one fault of each cheap kind, in one run on three brokers. */
@Timeout(2400)
class ChaosIT {

    private static final long SEED = 1;

    @TempDir
    Path directory;

    @Test
    void injuredRun_losesNothing_countsNothingTwice_andHasTheWeightsOfAQuietOne() {
        SmallStream stream = SmallStream.in(directory.resolve("recipe"), Suite.BRIEF_EPOCHS);
        Suite suite = new Suite(stream, directory, System.out::println);
        String weights = suite.quiet();

        Outcome injured = suite.brief(new SplittableRandom(SEED), weights);

        System.out.println(new FaultTable(injured).markdown());
        assertThat(injured.ledger().lost()).isEmpty();
        assertThat(injured.ledger().duplicated()).isEmpty();
        assertThat(injured.verified()).isTrue();
        assertThat(injured.identical()).isTrue();
        assertThat(injured.faults()).hasSameSizeAs(FaultPlan.brief());
    }
}
