package dev.polyphony.streaming.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.streaming.pacing.StudentProgress.Student;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PacingTest {

    @Test
    void base_isTheSlowestActive() {
        assertThat(progress(Map.of("a", new Student(10, true), "b", new Student(4, true), "c", new Student(1, false)))
                        .base())
                .isEqualTo(4);
    }

    @Test
    void base_withoutActiveStudents_isTheFurthestKnown() {
        assertThat(progress(Map.of("a", new Student(10, false), "b", new Student(4, false)))
                        .base())
                .isEqualTo(10);
        assertThat(progress(Map.of()).base()).isZero();
    }

    @Test
    void pacing_letsPassWhatTheLeadAllows_andKeepsItsLastAnswer() {
        AtomicReference<StudentProgress> known = new AtomicReference<>(progress(Map.of("a", new Student(5, true))));
        try (Pacing pacing = new Pacing(known::get, 3)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> pacing.mayProcess(7));
            assertThat(pacing.mayProcess(8)).isFalse();
            known.set(progress(Map.of("a", new Student(6, true))));
            await().atMost(Duration.ofSeconds(5)).until(() -> pacing.mayProcess(8));
        }
    }

    @Test
    void report_survivesItsText_andForeignTextIsNone() {
        StudentReport report = new StudentReport(17, 1_700_000_000_000L, true);
        assertThat(StudentReport.parse(report.metadata())).isEqualTo(report);
        assertThat(StudentReport.parse("")).isNull();
        assertThat(StudentReport.parse("nextStep=-1;at=0;active=yes")).isNull();
    }

    private static StudentProgress progress(Map<String, Student> students) {
        return new StudentProgress(students);
    }
}
