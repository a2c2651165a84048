package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.process.Progress;
import org.junit.jupiter.api.Test;

class StageProgressTest {

    @Test
    void remainingTime_countsOnlyTheStepsOfThisProcess() {
        StageProgress progress = StageProgress.begin(step(400, 0, 0)).next(step(410, 1280, 20));

        assertThat(progress.secondsLeft()).hasValue(180);
        assertThat(progress.text()).isEqualTo("410 of 500  64 images/s  3:00 left");
    }

    @Test
    void remainingTime_isUnknownBeforeTheFirstStep() {
        assertThat(StageProgress.begin(step(400, 0, 0)).secondsLeft()).isEmpty();
        assertThat(StageProgress.begin(step(400, 0, 0)).text()).isEqualTo("400 of 500");
    }

    @Test
    void restartedProcess_beginsToCountAgain() {
        StageProgress progress = StageProgress.begin(step(0, 0, 0))
                .next(step(200, 25600, 100))
                .next(step(150, 0, 0.1))
                .next(step(160, 1280, 10.1));

        assertThat(progress.secondsLeft()).hasValue(340);
    }

    @Test
    void finishedStage_isDone() {
        StageProgress progress = StageProgress.begin(step(0, 0, 0)).next(step(500, 64000, 100));

        assertThat(progress.fraction()).isEqualTo(1);
        assertThat(progress.text()).isEqualTo("500 of 500  640 images/s  done");
    }

    @Test
    void clock_hasHoursOnlyWhenThereAreAny() {
        assertThat(StageProgress.clock(59)).isEqualTo("0:59");
        assertThat(StageProgress.clock(3599)).isEqualTo("59:59");
        assertThat(StageProgress.clock(3661)).isEqualTo("1:01:01");
    }

    private static Progress step(long done, long images, double seconds) {
        return new Progress("student", done, 500, images, seconds);
    }
}
