package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkLockTest {

    @Test
    void secondRun_isToldWhoHoldsTheWorkDirectory(@TempDir Path directory) {
        WorkDirectory work = new WorkDirectory(directory);
        try (WorkLock first = WorkLock.take(work)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> WorkLock.take(work))
                    .isInstanceOf(LauncherMistake.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--work DIR");
        }
    }

    @Test
    void lock_isFreeAfterwards(@TempDir Path directory) {
        WorkDirectory work = new WorkDirectory(directory.resolve("new"));
        WorkLock.take(work).close();
        WorkLock.take(work).close();

        assertThat(Files.isDirectory(work.store())).isTrue();
    }
}
