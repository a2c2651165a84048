package dev.polyphony.launcher.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a finished run.
 *
 * @param ensemble scores of the teachers; null if they were deleted before the student was scored
 * @param checkpoints scores of the student at each checkpoint, the earliest first
 * @param summary how the run ended
 * @param curves training curves, in step order
 * @param stages how fast each stage was; empty if nobody kept it
 * @param ensembleShift scores of the teachers on shifted images; null if there are none
 * @param studentShift the same of the student
 */
public record RunFacts(
        @Nullable Evaluation ensemble,
        List<Evaluation> checkpoints,
        Summary summary,
        List<Point> curves,
        List<Stage> stages,
        @Nullable Shift ensembleShift,
        @Nullable Shift studentShift) {

    public RunFacts {
        checkpoints = List.copyOf(checkpoints);
        curves = List.copyOf(curves);
        stages = List.copyOf(stages);
    }

    /**
     * Reads a run's files.
     *
     * @throws IllegalStateException naming the file that is missing
     * @throws dev.polyphony.launcher.LauncherMistake naming the file that is damaged
     */
    public static RunFacts read(Path store, String ensembleId, String runId) {
        Path run = store.resolve("runs").resolve(runId);
        Path stages = run.resolve("stages.json");
        List<Point> curves = text(run.resolve("curves.jsonl"))
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> JsonDocument.parse(run.resolve("curves.jsonl"), line, Point.class))
                .toList();
        Path ensemble = store.resolve("ensembles").resolve(ensembleId);
        Path scores = ensemble.resolve("evaluation.json");
        return new RunFacts(
                Files.exists(scores) ? read(scores, Evaluation.class) : null,
                checkpoints(run.resolve("evaluations")),
                read(run.resolve("summary.json"), Summary.class),
                curves,
                Files.exists(stages) ? Arrays.asList(read(stages, Stage[].class)) : List.of(),
                shift(ensemble),
                shift(run));
    }

    /** What a run's student scored at each checkpoint, the earliest first. */
    public static List<Evaluation> checkpoints(Path directory) {
        List<Evaluation> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                found.add(read(file, Evaluation.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
        return found;
    }

    private static @Nullable Shift shift(Path directory) {
        Path file = directory.resolve(Shift.FILE);
        return Files.exists(file) ? read(file, Shift.class) : null;
    }

    private static <T> T read(Path file, Class<T> type) {
        return JsonDocument.parse(file, text(file), type);
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("there is no " + file + ": the run has not come that far");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The scores of the checkpoint that the run selected. */
    public Evaluation student() {
        return checkpoints.stream()
                .filter(evaluation -> evaluation.nextStep() == summary.selectedStep())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("the selected step " + summary.selectedStep() + " was not scored"));
    }

    /**
     * How a run ended; see the evaluator's summary.json.
     *
     * @param consumed the chain of hashes over every record learned from; null of runs from before there was one
     */
    public record Summary(
            long selectedStep,
            int selectedEpoch,
            String selectedWeightsSha256,
            long lastStep,
            String weightsSha256,
            SortedMap<String, Long> offsets,
            @Nullable String consumed) {}

    /** One line of the training curves. */
    public record Point(
            long step,
            int epoch,
            double loss,
            double crossEntropy,
            double divergence,
            double gradientNorm,
            double learningRate) {}

    /** How fast a stage was. */
    public record Stage(String stage, long images, double seconds, double imagesPerSecond) {}
}
