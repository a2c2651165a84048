package dev.polyphony.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Restarts THREE = new Restarts(3, Duration.ofMillis(1), false);

    private final Path directory;
    private final Heard heard = new Heard();

    SupervisorTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void child_thatEndsWellIsNotRestartedAndItsOutputIsSorted() throws Exception {
        try (Supervisor supervisor = new Supervisor(Duration.ofSeconds(5))) {
            supervisor.add(start("work"));
            supervisor.await();
        }

        assertThat(heard.pids).hasSize(1);
        assertThat(heard.progress).containsExactly(new Progress("play", 1, 2, 3, 4));
        assertThat(Files.readString(log())).isEqualTo("hello\n");
    }

    @Test
    void child_thatCrashesTwiceIsRestartedTwice() {
        try (Supervisor supervisor = new Supervisor(Duration.ofSeconds(5))) {
            supervisor.add(start("crash-twice", directory.resolve("count").toString()));
            assertThatCode(supervisor::await).doesNotThrowAnyException();
        }

        assertThat(heard.crashes).containsExactly("9 restart 1 of 3", "9 restart 2 of 3");
    }

    @Test
    void child_thatCrashesAlwaysIsRestartedABoundedNumberOfTimes() {
        try (Supervisor supervisor = new Supervisor(Duration.ofSeconds(5))) {
            supervisor.add(start("crash"));

            assertThatThrownBy(supervisor::await)
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("\n  line 11\n")
                    .hasMessageEndingWith("line 40")
                    .hasMessageNotContaining("line 10\n");
        }
        assertThat(heard.pids).hasSize(4);
        assertThat(heard.lastLines).hasSize(30).startsWith("line 11").endsWith("line 40");
    }

    @Test
    void child_thatReportsAMistakeIsNotRestartedAndItsMessageIsTheFailure() {
        try (Supervisor supervisor = new Supervisor(Duration.ofSeconds(5))) {
            supervisor.add(start("mistake"));

            assertThatThrownBy(supervisor::await)
                    .isInstanceOf(UserMistake.class)
                    .hasMessage("play: the recipe is wrong\n  line 3: alpha");
        }
        assertThat(heard.pids).hasSize(1);
    }

    @Test
    void close_leavesNoProcessBehindAndStartsNoneAgain() throws Exception {
        try (Supervisor supervisor = new Supervisor(Duration.ofSeconds(5))) {
            supervisor.add(start("stay"));
            supervisor.add(start("stay"));
            heard.awaitPids(2);
        }

        assertThat(heard.pids).hasSize(2).noneMatch(SupervisorTest::lives);
        assertThat(heard.crashes).isEmpty();
    }

    @Test
    void close_killsWhatDoesNotEndWhenTold() throws Exception {
        long begin;
        try (Supervisor supervisor = new Supervisor(Duration.ofMillis(300))) {
            supervisor.add(start("stubborn"));
            assertThat(heard.ready.await(20, TimeUnit.SECONDS)).isTrue();
            begin = System.nanoTime();
        }

        assertThat(heard.pids).hasSize(1).noneMatch(SupervisorTest::lives);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
    }

    private Child start(String... arguments) {
        JavaCommand command = new JavaCommand(
                "play",
                System.getProperty("java.class.path"),
                Play.class.getName(),
                "32m",
                1,
                CoreUse.SHARED,
                List.of(arguments));
        return Child.start(command, log(), THREE, heard);
    }

    private Path log() {
        return directory.resolve("play.log");
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static final class Heard implements ChildListener {

        private final List<Long> pids = new CopyOnWriteArrayList<>();
        private final List<Progress> progress = new CopyOnWriteArrayList<>();
        private final List<String> crashes = new CopyOnWriteArrayList<>();
        private final CountDownLatch ready = new CountDownLatch(1);
        private volatile List<String> lastLines = List.of();

        @Override
        public void started(String child, long pid) {
            pids.add(pid);
        }

        @Override
        public void progress(String child, Progress news) {
            progress.add(news);
            ready.countDown();
        }

        @Override
        public void crashed(String child, int exit, List<String> last, int restart, int restarts) {
            crashes.add(exit + " restart " + restart + " of " + restarts);
            lastLines = last;
        }

        @Override
        public void ended(String child) {
            // Only the processes themselves are looked at.
        }

        private void awaitPids(int count) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (pids.size() < count && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
        }
    }
}
