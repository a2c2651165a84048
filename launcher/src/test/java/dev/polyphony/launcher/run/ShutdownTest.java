package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void close_closesTheLastFirstAndEachOnce() {
        Shutdown shutdown = new Shutdown();
        shutdown.add(resource("broker"));
        shutdown.add(resource("services"));

        shutdown.close();
        shutdown.close();

        assertThat(closed).containsExactly("services", "broker");
    }

    @Test
    void add_afterCloseClosesAtOnce() {
        Shutdown shutdown = new Shutdown();
        shutdown.close();

        assertThatThrownBy(() -> shutdown.add(resource("late"))).isInstanceOf(CancellationException.class);
        assertThat(closed).containsExactly("late");
    }

    @Test
    void close_goesOnAfterAFailure() {
        Shutdown shutdown = new Shutdown();
        shutdown.add(resource("broker"));
        shutdown.add(() -> {
            throw new IllegalStateException("expected by this test");
        });

        shutdown.close();

        assertThat(closed).containsExactly("broker");
    }

    private AutoCloseable resource(String name) {
        return () -> closed.add(name);
    }
}
