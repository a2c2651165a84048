package dev.polyphony.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    @Test
    void progressLine_isRead() {
        assertThat(Progress.parse("progress {\"stage\":\"train member 0\",\"done\":12,\"total\":564,\"images\":1536,"
                        + "\"seconds\":3.2,\"loss\":0.5}"))
                .contains(new Progress("train member 0", 12, 564, 1536, 3.2));
    }

    @Test
    void rate_isOfThisProcessAlone() {
        assertThat(new Progress("perturb", 500, 564, 1536, 3.2).rate()).isEqualTo(480);
        assertThat(new Progress("perturb", 500, 564, 0, 0).rate()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "progress was made",
                "progress {\"stage\":\"perturb\",\"done\":1",
                "progress {\"done\":1,\"total\":2}",
                "progress {\"stage\":\"perturb\"}",
                "2026 INFO progress {\"stage\":\"perturb\",\"total\":2}",
                ""
            })
    void otherLines_belongInTheLog(String line) {
        assertThat(Progress.parse(line)).isEmpty();
    }
}
