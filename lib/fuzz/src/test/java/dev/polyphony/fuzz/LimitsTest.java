package dev.polyphony.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final Limits limits = new Limits(IOException.class, 4);

    @Test
    void acceptedAndRefusedInputs_areToldApart() {
        assertThat(limits.areKept(1, () -> {})).isTrue();
        assertThat(limits.areKept(1, () -> {
                    throw new IOException("byte 0 is no magic");
                }))
                .isFalse();
    }

    @Test
    void otherException_fails() {
        broken(() -> {
                    throw new IndexOutOfBoundsException("7");
                })
                .hasMessageContaining("not a IOException: java.lang.IndexOutOfBoundsException: 7");
        broken(() -> descend(1_000_000_000)).hasMessageContaining("not a IOException: java.lang.StackOverflowError");
    }

    @Test
    void refusalWithoutReason_fails() {
        broken(() -> {
                    throw new IOException();
                })
                .hasMessageContaining("no reason");
        broken(() -> {
                    throw new IOException("x".repeat(20_000));
                })
                .hasMessageContaining("no reason");
    }

    @Test
    void memoryBeyondTheInput_fails() {
        List<byte[]> kept = new ArrayList<>();
        assertThat(limits.areKept(1 << 20, () -> kept.add(new byte[4 << 20]))).isTrue();
        broken(() -> kept.add(new byte[4 << 20])).hasMessageContaining("bytes were allocated for an input of 1;");
    }

    @Test
    void endlessReading_fails() {
        AtomicBoolean over = new AtomicBoolean();
        Limits impatient = new Limits(IOException.class, 4, Duration.ofMillis(50));
        assertThatCode(() -> impatient.areKept(1, () -> {
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("still reading after 50 ms");
        over.set(true);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> broken(Limits.Reader reader) {
        return assertThatCode(() -> limits.areKept(1, reader)).isInstanceOf(AssertionError.class);
    }

    private static int descend(int depth) {
        return depth == 0 ? 0 : 1 + descend(depth - 1);
    }
}
