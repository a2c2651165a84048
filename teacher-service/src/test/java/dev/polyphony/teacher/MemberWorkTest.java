package dev.polyphony.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.EngineProvenance;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.streaming.service.Heartbeat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberWorkTest {

    private final Experiment experiment = Experiment.open("tiny", Path.of("data"));

    @TempDir
    Path directory;

    @Test
    void stoppedTraining_goesOnToTheSameMember() throws Exception {
        ModelStore quiet = store("quiet");
        ModelStore stopped = store("stopped");
        EnsembleFiles files = new EnsembleFiles(stopped, experiment.identities().ensembleId());
        try (NDManager manager = NDManager.newBaseManager()) {
            work(quiet, 0, manager).run();

            MemberWork first = work(stopped, 0, manager);
            Thread thread = new Thread(first::run);
            thread.start();
            Instant deadline = Instant.now().plusSeconds(30);
            while (stopped.list(files.training(0)).isEmpty() && Instant.now().isBefore(deadline)) {
                Thread.sleep(1);
            }
            first.stop();
            thread.join();
            work(stopped, 0, manager).run();
        }
        assertThat(sha256(stopped, 0)).isEqualTo(sha256(quiet, 0));
    }

    @Test
    void members_differBySeed() {
        ModelStore store = store("both");
        try (NDManager manager = NDManager.newBaseManager()) {
            work(store, 0, manager).run();
            work(store, 1, manager).run();
        }
        assertThat(sha256(store, 0)).isNotEqualTo(sha256(store, 1));
    }

    private ModelStore store(String name) {
        return new DirectoryModelStore(directory.resolve(name));
    }

    private MemberWork work(ModelStore store, int member, NDManager manager) {
        MemberCandidates candidates = new MemberCandidates(
                experiment,
                store,
                member,
                EngineProvenance.of(
                        experiment.recipe(),
                        experiment.identities(),
                        experiment.dataset().checksums()));
        return new MemberWork(experiment, member, candidates, manager, new Heartbeat(Clock.systemUTC()));
    }

    private String sha256(ModelStore store, int member) {
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        return store.find(files.member(member)).orElseThrow().sha256();
    }
}
