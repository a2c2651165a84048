package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.WorkDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRatesTest {

    private static final StageRate LONG = new StageRate("student", 1000, 10, 100);
    private static final StageRate SHORT = new StageRate("student", 10, 1, 10);
    private static final StageRate TEACH = new StageRate("teach", 50, 1, 50);

    @Test
    void rates_areKeptOverInterruptionsAndTheLongerOneOfAStage(@TempDir Path directory) {
        WorkDirectory work = new WorkDirectory(directory);

        assertThat(StageRates.keep(work, "r", List.of())).isEmpty();
        assertThat(StageRates.keep(work, "r", List.of(LONG))).containsExactly(LONG);
        assertThat(StageRates.keep(work, "r", List.of(SHORT, TEACH))).containsExactly(LONG, TEACH);
        assertThat(StageRates.keep(work, "r", List.of())).containsExactly(LONG, TEACH);
        assertThat(StageRates.keep(work, "other", List.of())).isEmpty();
    }
}
