package dev.polyphony.launcher.figures;

import dev.polyphony.figures.RocCurves;
import dev.polyphony.figures.RocCurves.Curve;
import dev.polyphony.scoring.statistics.RocCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How well the similarity of Jacobians tells a distilled student from one trained from scratch, as figures (paper, sec.
 * 5.3, fig. 6): positives are the similarities of the distilled student's subnetworks with their teachers, negatives those
 * of the other student with the same teachers.
 */
final class JacobianFigures {

    private static final String WHAT = "Jacobian ROC";

    private JacobianFigures() {}

    static void across(List<MethodRuns> methods, FigureSection section) {
        Map<String, List<MethodRuns>> byEnsemble = new LinkedHashMap<>();
        for (MethodRuns method : methods) {
            byEnsemble
                    .computeIfAbsent(method.first().ensembleId(), unseen -> new ArrayList<>())
                    .add(method);
        }
        byEnsemble.forEach((ensemble, same) -> ofEnsemble(
                ensemble, byEnsemble.size() == 1 ? "jacobian-roc" : "jacobian-roc-" + ensemble, same, section));
    }

    private static void ofEnsemble(String ensemble, String file, List<MethodRuns> methods, FigureSection section) {
        List<MethodRuns> distilled =
                methods.stream().filter(MethodRuns::distilled).toList();
        double[] negatives = methods.stream()
                .filter(method -> !method.distilled())
                .flatMapToDouble(JacobianFigures::similarities)
                .toArray();
        if (negatives.length == 0) {
            section.leaveOut(
                    WHAT,
                    "none of the runs with ensemble " + ensemble
                            + " is trained from scratch (objective cross-entropy), to tell the others from");
            return;
        }
        if (distilled.isEmpty()) {
            section.leaveOut(WHAT, "none of the runs with ensemble " + ensemble + " is distilled");
            return;
        }
        section.draw(
                file,
                "How well the cosine similarity of a subnetwork's Jacobian and its teacher's, on test images, tells a"
                        + " distilled student from one trained from scratch; seeds together.",
                () -> RocCurves.of(distilled.stream()
                        .map(method -> curve(method, negatives))
                        .toList()));
    }

    /** Of all subnetworks of all seeds. */
    static DoubleStream similarities(MethodRuns method) {
        return method.runs().stream()
                .flatMapToDouble(
                        run -> DoubleStream.of(run.analysis().jacobians().all()));
    }

    private static Curve curve(MethodRuns method, double[] negatives) {
        List<RocCurve.Point> corners =
                RocCurve.of(similarities(method).toArray(), negatives).corners();
        return new Curve(
                method.name(),
                corners.stream().mapToDouble(RocCurve.Point::falsePositiveRate).toArray(),
                corners.stream().mapToDouble(RocCurve.Point::truePositiveRate).toArray());
    }
}
