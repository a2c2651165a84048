package dev.polyphony.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PatientWorkTest {

    private final Heartbeat heartbeat = new Heartbeat(Clock.systemUTC());
    private final AtomicBoolean there = new AtomicBoolean();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final PatientWork.Prerequisite ensemble = new PatientWork.Prerequisite("ensemble 0a1b", () -> {
        asked.countDown();
        return there.get();
    });

    @Test
    void waits_untilItIsThere() throws Exception {
        FakeWork work = new FakeWork();
        PatientWork patient = new PatientWork("teach", ensemble, Duration.ofMinutes(1), heartbeat, work::begun);
        CompletableFuture<Void> running = start(patient);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(work.beginnings).hasValue(0);
        assertThat(heartbeat.isReady()).isFalse();

        there.set(true);
        work.finish.countDown();
        running.get(10, TimeUnit.SECONDS);
        assertThat(work.beginnings).hasValue(1);
    }

    @Test
    void withoutPatience_beginsAtOnce_andTheWorkSaysWhatItLacks() {
        PatientWork hasty = new PatientWork("teach", ensemble, Duration.ZERO, heartbeat, () -> {
            throw new IllegalStateException("no member 0 yet");
        });
        assertThatThrownBy(hasty::run).hasMessage("no member 0 yet");
    }

    @Test
    void patienceEnds_thenTheWorkSaysWhatItLacks() {
        PatientWork patient = new PatientWork("teach", ensemble, Duration.ofMillis(50), heartbeat, () -> {
            throw new IllegalStateException("no member 0 yet");
        });
        assertThatThrownBy(patient::run).hasMessage("no member 0 yet");
        assertThat(asked.getCount()).isZero();
    }

    @Test
    void stoppedWhileItWaits_neverBegins() throws Exception {
        FakeWork work = new FakeWork();
        PatientWork patient = new PatientWork("teach", ensemble, Duration.ofMinutes(1), heartbeat, work::begun);
        CompletableFuture<Void> running = start(patient);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        patient.stop();
        running.get(10, TimeUnit.SECONDS);
        assertThat(work.beginnings).hasValue(0);
    }

    @Test
    void stoppedWhileItWorks_stopsTheWork() throws Exception {
        there.set(true);
        FakeWork work = new FakeWork();
        PatientWork patient = new PatientWork("teach", ensemble, Duration.ofMinutes(1), heartbeat, work::begun);
        CompletableFuture<Void> running = start(patient);
        assertThat(work.running.await(10, TimeUnit.SECONDS)).isTrue();
        patient.stop();
        running.get(10, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Void> start(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static final class FakeWork implements Work {

        private final AtomicInteger beginnings = new AtomicInteger();
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch finish = new CountDownLatch(1);

        FakeWork begun() {
            beginnings.incrementAndGet();
            return this;
        }

        @Override
        public String role() {
            return "fake";
        }

        @Override
        public void run() throws InterruptedException {
            running.countDown();
            finish.await();
        }

        @Override
        public void stop() {
            finish.countDown();
        }
    }
}
