package dev.polyphony.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;

/**
 * How scores hold up under corruption: negative log-likelihood and expected calibration error by severity, one box per
 * method over the kinds of corruption.
 */
public final class CorruptionBoxes {

    private static final int SEVERITIES = 5;
    private static final int WIDTH = 1050;
    private static final int HEIGHT = 760;

    private CorruptionBoxes() {}

    /**
     * The scores of one method.
     *
     * @param name for the legend
     * @param nll [5][corruptions], by severity from 1, in nats, at least 0
     * @param ece [5][corruptions], 0 to 1
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; nobody compares two
    public record Method(String name, double[][] nll, double[][] ece) {

        public Method {
            Require.text("A method's name", name);
            nll = bySeverity("NLL of '" + name + "'", nll, Double.MAX_VALUE);
            ece = bySeverity("ECE of '" + name + "'", ece, 1);
            for (int s = 0; s < SEVERITIES; s++) {
                Require.sameLength(
                        "Corruptions of '" + name + "' at severity " + (s + 1) + " with an NLL",
                        nll[s].length,
                        "with an ECE",
                        ece[s].length);
            }
        }

        private static double[][] bySeverity(String what, double[][] values, double most) {
            if (values.length != SEVERITIES) {
                throw new IllegalArgumentException(what + " needs severities 1 to 5, not " + values.length);
            }
            double[][] copy = new double[SEVERITIES][];
            for (int s = 0; s < SEVERITIES; s++) {
                copy[s] = Require.numbers(what + " at severity " + (s + 1), values[s]);
                Require.within(what + " at severity " + (s + 1), 0, most, copy[s]);
            }
            return copy;
        }
    }

    /** The figure of 1 to 12 methods. */
    public static Figure of(List<Method> methods) {
        List<Method> shown = Require.series(methods, Method::name);
        List<String> names = shown.stream().map(Method::name).toList();
        List<String> severities =
                IntStream.rangeClosed(1, SEVERITIES).mapToObj(Integer::toString).toList();
        Box[][] nll = shown.stream().map(m -> boxes(m.nll)).toArray(Box[][]::new);
        Box[][] ece = shown.stream().map(m -> boxes(m.ece)).toArray(Box[][]::new);
        List<LegendItem> legend = new ArrayList<>();
        for (int m = 0; m < names.size(); m++) {
            legend.add(Style.box(names.get(m), m));
        }
        return new Figure(WIDTH, HEIGHT, (graphics, width, height) -> {
            CombinedDomainCategoryPlot plot = Axes.stacked(Axes.categories("severity of the corruption"));
            plot.add(BoxGroups.boxes(names, severities, nll, "NLL (nats)"), 1);
            plot.add(BoxGroups.boxes(names, severities, ece, "ECE"), 1);
            new Panels(legend, List.of(new Panels.Panel("", plot))).on(graphics, width, height);
        });
    }

    private static Box[] boxes(double[][] bySeverity) {
        return Arrays.stream(bySeverity).map(Box::of).toArray(Box[]::new);
    }
}
