package dev.polyphony.experiment;

import java.util.List;
import java.util.Map;

/** What must hold between a student's architecture, its objective and the stream it learns from. */
final class StudentRules {

    private final Map<String, Object> values;
    private final Report report;

    /** Takes a mistake: the key, what is wrong, and what would be right. */
    @FunctionalInterface
    interface Report {

        void mistake(String path, String problem, String remedy);
    }

    StudentRules(Map<String, Object> values, Report report) {
        this.values = values;
        this.report = report;
    }

    void check() {
        if ("single".equals(values.get("student.architecture"))) {
            oneNetwork();
        }
        if (values.get("student.objective") instanceof String objective) {
            if (objective.equals("end2")) {
                dirichletNetwork();
            } else {
                unused(List.of("annealingTemperature", "smoothing"), "objective " + objective);
            }
        }
        if (values.get("student.architecture") instanceof String architecture) {
            if (!architecture.equals("mimo")) {
                unused(List.of("repetitions"), "a " + architecture + " student");
            }
            if (!architecture.equals("batch-ensemble")) {
                unused(List.of("rankOneInitialisation", "rankOneWeightDecay"), "a " + architecture + " student");
            }
        }
    }

    private void oneNetwork() {
        if (values.get("student.subnetworks") instanceof Integer subnetworks && subnetworks != 1) {
            report.mistake("student.subnetworks", "is " + subnetworks + ", but a single network has one", "write 1");
        }
        if ("one-to-one".equals(values.get("student.objective"))
                && values.get("ensemble.size") instanceof Integer size
                && size != 1) {
            report.mistake(
                    "student.objective",
                    "is one-to-one, but a single network cannot learn from " + size + " members so",
                    "write averaged, end2 or cross-entropy");
        }
    }

    private void dirichletNetwork() {
        if (values.get("student.architecture") instanceof String architecture && !architecture.equals("single")) {
            report.mistake(
                    "student.objective",
                    "is end2, but only a single network learns so, not a " + architecture,
                    "write architecture: single, or another objective");
        }
        if (values.get("stream.perturbation") instanceof String perturbation && !perturbation.equals("none")) {
            report.mistake(
                    "student.objective",
                    "is end2, which learns on clean images, but the stream's are perturbed (" + perturbation + ")",
                    "write perturbation: none in the stream, or another objective");
        }
    }

    /** A key that would be ignored, yet changes the identity, is a mistake unless it has its default. */
    private void unused(List<String> names, String who) {
        for (RecipeKey key : RecipeKey.of("student")) {
            Object value = values.get(key.path());
            if (names.contains(key.name())
                    && value != null
                    && !key.fallbackValue().equals(value)) {
                report.mistake(key.path(), "is " + value + ", but " + who + " has no use for it", "leave it out");
            }
        }
    }
}
