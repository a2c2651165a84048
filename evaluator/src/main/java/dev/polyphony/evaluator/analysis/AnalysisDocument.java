package dev.polyphony.evaluator.analysis;

import dev.polyphony.experiment.Provenance;
import dev.polyphony.scoring.DiversityPlot;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The analysis of a run, as it is stored.
 *
 * @param id identity of the run
 * @param modelSha256 of the student's file
 * @param provenance where the analysis comes from
 * @param diversity of teachers and student
 * @param jacobians how alike teachers' and student's are
 * @param signalToNoise of the gradients that make them alike
 */
record AnalysisDocument(
        String id,
        String modelSha256,
        Provenance provenance,
        DiversityPlots diversity,
        Similarities jacobians,
        Ratios signalToNoise) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static String address(String runId) {
        return "runs/" + runId + "/analysis.json";
    }

    /** Whether these bytes are a document of this model. */
    static boolean isOf(byte[] document, String modelSha256) {
        try {
            return JSON.readTree(document).path("modelSha256").asString("").equals(modelSha256);
        } catch (JacksonException noDocument) {
            return false;
        }
    }

    byte[] toBytes() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * Diversity plots by split (paper, figs. 3 and 5(c)).
     *
     * @param teachers on {@code train}, {@code train-gaussian}, {@code train-ods} and {@code test}
     * @param student on {@code test}; of a single network the boxes are empty
     */
    record DiversityPlots(SortedMap<String, DiversityPlot> teachers, SortedMap<String, DiversityPlot> student) {}

    /**
     * Cosine similarities of the Jacobians of probabilities (paper, figs. 5(d) and 6).
     *
     * @param images from the start of the test split
     * @param similarities of each subnetwork and its teacher on each image, -1 to 1
     */
    record Similarities(int images, List<List<Double>> similarities) {}

    /**
     * Signal-to-noise ratios of the Jacobian term's gradients (paper, fig. 4).
     *
     * @param images of the training split
     * @param draws gradients of each image
     * @param gaussian ratio of each image under normal noise
     * @param ods ratio of each image under output diversified sampling
     */
    record Ratios(int images, int draws, List<Double> gaussian, List<Double> ods) {}
}
