package dev.polyphony.launcher.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In one process; with several, ReplayIT. */
class WorkPlaceTest {

    @TempDir
    private Path directory = Path.of("");

    private final List<String> said = new ArrayList<>();

    @Test
    void theFirst_isAlone_untilItHasABroker() {
        WorkDirectory work = new WorkDirectory(directory);
        WorkPlace first = WorkPlace.take(work, said::add);
        assertThat(first.isAttached()).isFalse();
        assertThat(first.suffix("0123456789ab")).isEmpty();
        assertThat(first.pids("0123456789ab")).isEqualTo(work.pids());
        assertThat(first.bootstrapServers()).isNull();
        assertThatThrownBy(() -> WorkPlace.take(work, said::add))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageContaining("has no broker that this run could be attached to");

        first.open("127.0.0.1:9");
        WorkPlace second = WorkPlace.take(work, said::add);
        assertThat(second.isAttached()).isTrue();
        assertThat(second.bootstrapServers()).isEqualTo("127.0.0.1:9");
        assertThat(second.suffix("0123456789ab")).isEqualTo("-0123456789ab");
        assertThat(second.pids("0123456789ab")).isNotEqualTo(work.pids());

        // It waits as long as the second is there, which is asked several times.
        int[] asked = {0};
        first.awaitOthers(said::add, () -> {
            if (++asked[0] == 3) {
                second.close();
            }
            return asked[0] > 10;
        });
        assertThat(asked[0]).isEqualTo(3);
        assertThat(said).singleElement().asString().contains("waiting for them");
        first.close();
        assertThat(work.owner()).doesNotExist();
        WorkPlace.take(work, said::add).close();
    }

    @Test
    void theFirst_waitsForNobody_whenTheBrokerIsGone() {
        WorkDirectory work = new WorkDirectory(directory);
        WorkPlace first = WorkPlace.take(work, said::add);
        first.open("127.0.0.1:9");
        WorkPlace second = WorkPlace.take(work, said::add);
        first.awaitOthers(said::add, () -> true);
        assertThat(said).isEmpty();
        second.close();
        first.close();
    }

    @Test
    void anOwnerThatDies_isNotedByThoseAttached() throws Exception {
        WorkDirectory work = new WorkDirectory(directory);
        WorkPlace first = WorkPlace.take(work, said::add);
        first.open("127.0.0.1:9");
        Process owner = new ProcessBuilder("sleep", "60").start();
        Files.writeString(work.owner(), "{\"pid\":" + owner.pid() + ",\"bootstrapServers\":\"127.0.0.1:9\"}");
        WorkPlace second = WorkPlace.take(work, said::add);
        CompletableFuture<?> end = second.end();
        assertThat(end).isNotDone();
        owner.destroyForcibly();
        assertThatThrownBy(end::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OwnerGoneException.class)
                .hasMessageContaining("process " + owner.pid());
        second.close();
        first.close();
    }

    @Test
    void aRun_isWorkedOnOnceAtATime() {
        WorkDirectory work = new WorkDirectory(directory);
        FileClaim claim = Claim.RUN.take(work, "0123456789ab");
        assertThat(Claim.RUN.isFree(work, "0123456789ab")).isFalse();
        assertThat(Claim.RUN.isFree(work, "ba9876543210")).isTrue();
        assertThat(Claim.STREAM.isFree(work, "0123456789ab")).isTrue();
        assertThatThrownBy(() -> Claim.RUN.take(work, "0123456789ab"))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageContaining("run 0123456789ab is in progress already by process "
                        + ProcessHandle.current().pid());
        claim.close();
        Claim.RUN.take(work, "0123456789ab").close();
    }
}
