package dev.polyphony.launcher.figures;

import dev.polyphony.scoring.DiversityPlot;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The evaluator's {@code analysis.json} of a run.
 *
 * @param modelSha256 of the student that was analysed
 * @param diversity of teachers and student
 * @param jacobians how alike theirs are
 * @param signalToNoise of the gradients that make them alike
 */
record Analysis(String modelSha256, Plots diversity, Jacobians jacobians, Ratios signalToNoise) {

    static final String FILE = "analysis.json";

    Analysis {
        Objects.requireNonNull(modelSha256, "modelSha256 is missing");
        Objects.requireNonNull(diversity, "diversity is missing");
        Objects.requireNonNull(jacobians, "jacobians is missing");
        Objects.requireNonNull(signalToNoise, "signalToNoise is missing");
    }

    /**
     * Diversity by split.
     *
     * @param teachers on {@code train}, {@code train-gaussian}, {@code train-ods} and {@code test}
     * @param student on {@code test}
     */
    record Plots(Map<String, DiversityPlot> teachers, Map<String, DiversityPlot> student) {

        Plots {
            teachers = Map.copyOf(teachers);
            student = Map.copyOf(student);
        }
    }

    /**
     * Cosine similarities of Jacobians.
     *
     * @param similarities of each subnetwork and its teacher on each image, -1 to 1
     */
    record Jacobians(int images, List<List<Double>> similarities) {

        Jacobians {
            similarities = similarities.stream().map(List::copyOf).toList();
        }

        /** Those of all subnetworks together. */
        double[] all() {
            return similarities.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }

    /**
     * Signal-to-noise ratios of gradients.
     *
     * @param draws gradients for each image
     * @param gaussian of each image under normal noise
     * @param ods of each image under output diversified sampling
     */
    record Ratios(int images, int draws, List<Double> gaussian, List<Double> ods) {

        Ratios {
            gaussian = List.copyOf(gaussian);
            ods = List.copyOf(ods);
        }
    }
}
