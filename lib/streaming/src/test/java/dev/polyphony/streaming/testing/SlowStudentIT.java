package dev.polyphony.streaming.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.pacing.Pacing;
import dev.polyphony.streaming.pacing.StudentProgress;
import dev.polyphony.streaming.pacing.StudentReporter;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.streaming.reader.Taught;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several students of a stream that is being recorded: the slowest holds it back, until it has gone away. */
class SlowStudentIT {

    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int STEPS = 60;
    private static final int LEAD = 8;
    private static final int LAST_OF_SLOW = 20;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theSlowestSetsTheLead_untilItHasSaidNothingForHalfAMinute() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(directory);
                StreamFixture stream = new StreamFixture(broker.bootstrapServers(), 2, STEPS, LIMITS);
                Pacing pacing = new Pacing(() -> StudentProgress.read(stream.admin, stream.topics, now.get()), LEAD);
                Learner slow = new Learner(stream, "slow", 30, LAST_OF_SLOW);
                Learner fast = new Learner(stream, "fast", 0, STEPS)) {
            stream.submit();
            slow.begin();
            fast.begin();
            // Both have said that they are there before anything is recorded.
            await().atMost(LONG)
                    .until(() -> StudentProgress.read(stream.admin, stream.topics, now.get())
                                    .students()
                                    .size()
                            == 2);
            stream.start(stream.perturb("0", stream::minibatch, pacing));
            stream.start(stream.teach("0"));

            await().atMost(LONG)
                    .until(() -> slow.steps.size() == LAST_OF_SLOW && recorded(stream) == LAST_OF_SLOW + LEAD);
            await().atMost(LONG).until(() -> fast.steps.size() == LAST_OF_SLOW + LEAD);
            now.updateAndGet(instant -> instant.plus(StudentProgress.GONE_AFTER));
            Thread.sleep(1500);
            assertThat(recorded(stream)).isEqualTo(LAST_OF_SLOW + LEAD);

            now.updateAndGet(instant -> instant.plusMillis(1));
            await().atMost(LONG).until(() -> fast.steps.size() == STEPS);
            assertThat(fast.steps).isEqualTo(upTo(STEPS));
            assertThat(slow.steps).isEqualTo(upTo(LAST_OF_SLOW));
        }
        assertThat(StudentProgress.GONE_AFTER).isEqualTo(Duration.ofSeconds(30));
    }

    private static long recorded(StreamFixture stream) {
        return StreamProgress.of(stream.clients, stream.topics.minibatches(), LIMITS)
                .nextStep();
    }

    private static List<Long> upTo(int steps) {
        return LongStream.range(0, steps).boxed().toList();
    }

    /** Learns so many steps, and then says no more, as if it had been killed: its clock stands still. */
    private final class Learner implements AutoCloseable {

        final List<Long> steps = new CopyOnWriteArrayList<>();
        private final StreamFixture stream;
        private final String run;
        private final long pauseMillis;
        private final int last;
        private final Thread thread;
        private volatile boolean closing;

        Learner(StreamFixture stream, String run, long pauseMillis, int last) {
            this.stream = stream;
            this.run = run;
            this.pauseMillis = pauseMillis;
            this.last = last;
            this.thread = new Thread(this::learn, run);
        }

        void begin() {
            thread.start();
        }

        private void learn() {
            StreamPosition begin = StreamPosition.beginning(2);
            Clock clock = last == STEPS ? new Moving() : Clock.fixed(now.get(), ZoneOffset.UTC);
            try (OrderedStreamReader reader = stream.reader(begin);
                    StudentReporter reporter = new StudentReporter(stream.admin, stream.topics, run, begin, clock)) {
                while (!closing) {
                    Taught taught = steps.size() == last ? null : reader.poll(Duration.ofMillis(100));
                    if (taught != null) {
                        steps.add(taught.step());
                        reporter.at(reader.position());
                    }
                    Thread.sleep(taught == null ? 20 : pauseMillis);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closing = true;
            try {
                thread.join(20_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Moving extends Clock {

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
