package dev.polyphony.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;

/**
 * How far members disagree: each sample's mean pairwise KL divergence by its minimum confidence (the smallest over
 * members of the largest probability), one box per bin and series, with the counts below and the mean over all samples
 * (mean-KLD) in the legend (paper, Figs. 3 and 5; the number of bins is not given there).
 */
public final class DiversityPlot {

    /** The most bins that have room for their boxes. */
    public static final int MOST_BINS = 20;

    private static final int WIDTH = 1050;
    private static final int HEIGHT = 640;

    private DiversityPlot() {}

    /**
     * The samples of one ensemble on one set of images.
     *
     * @param name for the legend, such as {@code "teachers, train, ODS"}
     * @param minimumConfidence [N], 0 to 1
     * @param divergence [N], the mean of KL(p_i || p_j) over ordered pairs of members, in nats, at least 0
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; nobody compares two
    public record Series(String name, double[] minimumConfidence, double[] divergence) {

        public Series {
            Require.text("A series' name", name);
            minimumConfidence = Require.numbers("Minimum confidences of '" + name + "'", minimumConfidence);
            divergence = Require.numbers("Divergences of '" + name + "'", divergence);
            Require.sameLength(
                    "Minimum confidences of '" + name + "'",
                    minimumConfidence.length,
                    "divergences",
                    divergence.length);
            Require.within("Minimum confidences of '" + name + "'", 0, 1.0001, minimumConfidence);
            Require.within("Divergences of '" + name + "'", -1e-6, Double.MAX_VALUE, divergence);
        }

        /** Mean divergence over all samples, in nats. */
        double mean() {
            return Arrays.stream(divergence).average().orElseThrow();
        }

        private Box[] boxes(int bins) {
            List<List<Double>> values = new ArrayList<>();
            for (int b = 0; b < bins; b++) {
                values.add(new ArrayList<>());
            }
            for (int n = 0; n < divergence.length; n++) {
                int bin = (int) Math.ceil(minimumConfidence[n] * bins - 1e-9) - 1;
                values.get(Math.min(Math.max(bin, 0), bins - 1)).add(divergence[n]);
            }
            return values.stream()
                    .map(v -> Box.of(v.stream().mapToDouble(Double::doubleValue).toArray()))
                    .toArray(Box[]::new);
        }
    }

    /**
     * The figure of 1 to 12 series.
     *
     * @param bins equal bins of the minimum confidence, (k/bins, (k+1)/bins], 1 to {@link #MOST_BINS}
     */
    public static Figure of(List<Series> series, int bins) {
        List<Series> shown = Require.series(series, Series::name);
        Require.within("The number of bins", 1, MOST_BINS, bins);
        List<String> names = shown.stream().map(Series::name).toList();
        List<String> categories = categories(bins);
        Box[][] boxes = shown.stream().map(s -> s.boxes(bins)).toArray(Box[][]::new);
        List<LegendItem> legend = new ArrayList<>();
        for (int s = 0; s < shown.size(); s++) {
            String mean = String.format(Locale.ROOT, "%.4g", shown.get(s).mean());
            legend.add(Style.box(names.get(s) + " (mean-KLD " + mean + ")", s));
        }
        return new Figure(WIDTH, HEIGHT, (graphics, width, height) -> {
            CategoryAxis axis = Axes.categories("minimum confidence over members (bin)");
            if (bins > 10) {
                axis.setCategoryLabelPositions(CategoryLabelPositions.UP_45);
            }
            CombinedDomainCategoryPlot plot = Axes.stacked(axis);
            plot.add(BoxGroups.boxes(names, categories, boxes, "pairwise KL divergence (nats)"), 3);
            plot.add(BoxGroups.counts(names, categories, boxes, "samples"), 1);
            new Panels(legend, List.of(new Panels.Panel("", plot))).on(graphics, width, height);
        });
    }

    private static List<String> categories(int bins) {
        List<String> names = new ArrayList<>();
        String format = 10 % bins == 0 ? "%.1f–%.1f" : "%.2f–%.2f";
        for (int b = 0; b < bins; b++) {
            names.add(String.format(Locale.ROOT, format, (double) b / bins, (b + 1.0) / bins));
        }
        return names;
    }
}
