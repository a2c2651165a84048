package dev.polyphony.models.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private int before;

    @BeforeEach
    void useTwoThreads() {
        Engine.getInstance();
        before = Parallelism.threads();
        Parallelism.setThreads(2);
    }

    @AfterEach
    void useThreadsAsBefore() {
        Parallelism.setThreads(before);
    }

    @Test
    void run_onAProcessor_runsBothAtOnce_withHalfOfTheThreadsEach() {
        CountDownLatch bothAreThere = new CountDownLatch(2);
        Supplier<Integer> meet = () -> {
            bothAreThere.countDown();
            return awaited(bothAreThere) ? Parallelism.threads() : -1;
        };
        try (SideBySide sideBySide = new SideBySide(Device.cpu())) {
            assertThat(sideBySide.run(meet, meet)).isEqualTo(new SideBySide.Both<>(1, 1));
        }
        assertThat(Parallelism.threads()).isEqualTo(2);
    }

    @Test
    void run_withOneThread_runsOneAfterTheOther_inThisThread() {
        Parallelism.setThreads(1);
        try (SideBySide sideBySide = new SideBySide(Device.cpu())) {
            Thread here = Thread.currentThread();
            assertThat(sideBySide.run(Thread::currentThread, Thread::currentThread))
                    .isEqualTo(new SideBySide.Both<>(here, here));
        }
    }

    @Test
    void run_whereOneFails_waitsForTheOther_andFailsAlike() {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch failed = new CountDownLatch(1);
        try (SideBySide sideBySide = new SideBySide(Device.cpu())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> sideBySide.run(
                            () -> {
                                failed.countDown();
                                throw new IllegalStateException("no gradient");
                            },
                            () -> {
                                done.set(awaited(failed));
                                return 1;
                            }))
                    .withMessage("no gradient");
            assertThat(done).isTrue();
        }
    }

    @Test
    void run_whenInterrupted_stillWaitsForBoth() {
        CountDownLatch release = new CountDownLatch(1);
        try (SideBySide sideBySide = new SideBySide(Device.cpu())) {
            Thread.currentThread().interrupt();
            SideBySide.Both<Boolean, Boolean> both = sideBySide.run(() -> awaited(release), () -> {
                release.countDown();
                return true;
            });
            assertThat(Thread.interrupted()).isTrue();
            assertThat(both).isEqualTo(new SideBySide.Both<>(true, true));
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
