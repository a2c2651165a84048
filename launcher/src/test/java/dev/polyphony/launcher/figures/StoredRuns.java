package dev.polyphony.launcher.figures;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.report.Shift;
import dev.polyphony.scoring.DiversityPlot;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The scores of a real run of few epochs, laid out under any identity and recipe, with measurements made up for it. */
public final class StoredRuns {

    static final String ENSEMBLE = "eeeeeeeeeeee";
    private static final String STREAM = "abcdefabcdef";
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> STEPS = List.of("00000047", "00000188", "00000517", "00000564");

    private final WorkDirectory work;

    /** In a work directory; nothing is laid out yet. */
    public StoredRuns(WorkDirectory work) {
        this.work = work;
    }

    /** A run of the recipe {@code tiny} under another name, with an analysis. */
    void add(String runId, String name, String objective, long seed) throws IOException {
        ObjectNode recipe = tiny(name);
        ((ObjectNode) recipe.get("student")).put("objective", objective).put("seed", seed);
        add(new Identities("", ENSEMBLE, STREAM, runId), recipe, objective.equals("CROSS_ENTROPY"), document -> {});
    }

    /** The same, where a network that nothing is distilled from guides a stream of step size 1.5. */
    void addGuided(String runId, String name) throws IOException {
        ObjectNode recipe = tiny(name);
        ((ObjectNode) recipe.get("stream")).put("guide", "EXTERNAL").put("stepSize", 1.5);
        add(new Identities("", ENSEMBLE, STREAM, runId), recipe, false, document -> {});
    }

    private static ObjectNode tiny(String name) {
        return ((ObjectNode) JSON.valueToTree(RecipeCatalogue.find("tiny"))).put("name", name);
    }

    /**
     * A run of an experiment under its own identities, with an analysis.
     *
     * @param accuracy of its student on test images
     */
    public void add(Experiment experiment, double accuracy) throws IOException {
        Recipe recipe = experiment.recipe();
        boolean scratch = recipe.student().objective() == StudentPart.Objective.CROSS_ENTROPY;
        add(experiment.identities(), JSON.valueToTree(recipe), scratch, document -> ((ObjectNode)
                        document.at("/splits/test/standard"))
                .put("accuracy", accuracy));
    }

    private void add(Identities ids, ObjectNode recipe, boolean scratch, Consumer<ObjectNode> change)
            throws IOException {
        for (String file : new String[] {"summary.json", "curves.jsonl"}) {
            write(work.run(ids.runId(), file), resource(file));
        }
        write(
                work.store().resolve("ensembles").resolve(ids.ensembleId()).resolve("evaluation.json"),
                resource("ensemble.json"));
        for (String step : STEPS) {
            String file = "evaluations/step-" + step + ".json";
            ObjectNode document = (ObjectNode) JSON.readTree(resource(file));
            ObjectNode provenance = (ObjectNode) document.get("provenance");
            provenance.set("recipe", recipe);
            provenance
                    .putObject("identities")
                    .put("ensembleId", ids.ensembleId())
                    .put("streamId", ids.streamId());
            change.accept(document);
            write(work.run(ids.runId(), file), JSON.writeValueAsBytes(document));
        }
        write(work.run(ids.runId(), Analysis.FILE), JSON.writeValueAsBytes(analysis(scratch)));
    }

    /** Scores on corrupted and other images of a run and its ensemble. */
    void addShift(String runId) throws IOException {
        write(work.run(runId, Shift.FILE), JSON.writeValueAsBytes(shift()));
        write(work.store().resolve("ensembles/" + ENSEMBLE).resolve(Shift.FILE), JSON.writeValueAsBytes(shift()));
    }

    static Analysis analysis(boolean scratch) {
        DiversityPlot plot = DiversityPlot.of(predictions(3));
        List<Double> similarities = IntStream.range(0, 20)
                .mapToObj(i -> ((scratch ? 10 : 40) + 2 * i) / 100.0)
                .toList();
        return new Analysis(
                "",
                new Analysis.Plots(
                        Map.of("train", plot, "train-gaussian", plot, "train-ods", plot, "test", plot),
                        Map.of("test", plot)),
                new Analysis.Jacobians(20, List.of(similarities, similarities)),
                new Analysis.Ratios(3, 4, List.of(0.2, 0.3, 0.25), List.of(0.6, 0.7, Double.POSITIVE_INFINITY)));
    }

    private static Shift shift() {
        List<Shift.Cell> cells = new ArrayList<>();
        for (String corruption : List.of("fog", "frost", "snow")) {
            for (int severity = 1; severity <= 5; severity++) {
                Scores scores = new Scores(0.9, 0.3 * severity, 0.2, 0.04 * severity);
                cells.add(new Shift.Cell(corruption, severity, scores, scores));
            }
        }
        return new Shift(
                "",
                new Shift.Corruptions("local", cells),
                Map.of("rotated", OutOfDistribution.of(predictions(3), predictions(4))));
    }

    private static Predictions predictions(long seed) {
        Random random = new Random(seed);
        double[][][] logits = new double[2][40][3];
        for (double[][] member : logits) {
            for (double[] row : member) {
                for (int k = 0; k < row.length; k++) {
                    row[k] = 2 * random.nextGaussian();
                }
            }
        }
        return new Predictions(logits, new int[40]);
    }

    static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = StoredRuns.class.getResourceAsStream("/dev/polyphony/launcher/report/" + name)) {
            return in.readAllBytes();
        }
    }
}
