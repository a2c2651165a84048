package dev.polyphony.launcher.report;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Identities;
import dev.polyphony.launcher.WorkDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a real run of four epochs out of twelve, laid where a run of a shipped recipe has them. */
final class FinishedRun {

    private FinishedRun() {}

    static Experiment layOut(WorkDirectory work) throws IOException {
        Experiment experiment = Experiment.open("tiny", work.data());
        Identities ids = experiment.identities();
        copy("ensemble.json", work.store().resolve("ensembles/" + ids.ensembleId() + "/evaluation.json"));
        for (String file : new String[] {"summary.json", "curves.jsonl", "stages.json"}) {
            copy(file, work.run(ids.runId(), file));
        }
        for (String step : new String[] {"00000047", "00000188", "00000517", "00000564"}) {
            String file = "evaluations/step-" + step + ".json";
            copy(file, work.run(ids.runId(), file));
        }
        return experiment;
    }

    private static void copy(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = FinishedRun.class.getResourceAsStream(resource)) {
            Files.write(file, in.readAllBytes());
        }
    }
}
