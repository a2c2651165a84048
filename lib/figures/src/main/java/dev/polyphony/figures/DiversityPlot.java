package dev.polyphony.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;

/**
 * How far members disagree: pairwise KL divergences of samples by their minimum confidence (the smallest over members
 * of the largest probability), one box per bin and series, with the numbers of samples below and the mean over all of
 * them (mean-KLD) in the legend (paper, figs. 3 and 5; the number of bins is not given there).
 *
 * <p>{@link #ofBoxes} draws boxes that were summed up before. Those of a run are of all ordered pairs of members, so that
 * a sample counts M (M - 1) times in its box and once below it. {@link #of} makes boxes of one value for each sample.
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
     * The divergences of the samples that fall into one bin of the minimum confidence, summed up before; a sample may
     * bring several.
     *
     * @param samples how many fall into it; 0 leaves its place empty, whatever else is said
     * @param mean in nats, as is all that follows
     */
    public record Bin(
            long samples,
            double mean,
            double lowerWhisker,
            double lowerQuartile,
            double median,
            double upperQuartile,
            double upperWhisker) {

        /** No samples. */
        public static final Bin EMPTY = new Bin(0, 0, 0, 0, 0, 0, 0);

        public Bin {
            Require.within("A bin's samples", 0, Integer.MAX_VALUE, (double) samples);
            Require.within("A bin's mean", -1e-6, Double.MAX_VALUE, mean);
            double[] rising = {lowerWhisker, lowerQuartile, median, upperQuartile, upperWhisker};
            Require.within("A bin's box", -1e-6, Double.MAX_VALUE, rising);
            for (int i = 1; i < rising.length; i++) {
                if (rising[i] < rising[i - 1]) {
                    throw new IllegalArgumentException(
                            "A bin's whiskers, quartiles and median must not fall: " + Arrays.toString(rising));
                }
            }
        }

        private Box box() {
            return samples == 0
                    ? Box.EMPTY
                    : new Box((int) samples, mean, lowerWhisker, lowerQuartile, median, upperQuartile, upperWhisker);
        }
    }

    /**
     * One ensemble on one set of images, summed up before.
     *
     * @param name for the legend
     * @param meanKld mean divergence over all samples, in nats, at least 0
     * @param bins equal bins of the minimum confidence, (k/n, (k+1)/n], at least one of them with samples
     */
    public record Boxes(String name, double meanKld, List<Bin> bins) {

        public Boxes {
            Require.text("A series' name", name);
            Require.within("The mean-KLD of '" + name + "'", -1e-6, Double.MAX_VALUE, meanKld);
            bins = List.copyOf(bins);
            Require.within("The number of bins of '" + name + "'", 1, MOST_BINS, bins.size());
            if (bins.stream().allMatch(bin -> bin.samples() == 0)) {
                throw new IllegalArgumentException("'" + name + "' has no samples");
            }
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
        return draw(
                shown.stream().map(Series::name).toList(),
                shown.stream().mapToDouble(Series::mean).toArray(),
                shown.stream().map(s -> s.boxes(bins)).toArray(Box[][]::new),
                categories(bins));
    }

    /**
     * The figure of 1 to 12 series that agree in their bins; those that are empty in all series below the first or above
     * the last with samples are left out.
     */
    public static Figure ofBoxes(List<Boxes> series) {
        List<Boxes> shown = Require.series(series, Boxes::name);
        int bins = shown.get(0).bins().size();
        for (Boxes one : shown) {
            Require.sameLength(
                    "Bins of '" + one.name() + "'",
                    one.bins().size(),
                    "of '" + shown.get(0).name() + "'",
                    bins);
        }
        int[] occupied = IntStream.range(0, bins)
                .filter(b -> shown.stream().anyMatch(one -> one.bins().get(b).samples() > 0))
                .toArray();
        int first = occupied[0];
        int end = occupied[occupied.length - 1] + 1;
        return draw(
                shown.stream().map(Boxes::name).toList(),
                shown.stream().mapToDouble(Boxes::meanKld).toArray(),
                shown.stream()
                        .map(one -> one.bins().subList(first, end).stream()
                                .map(Bin::box)
                                .toArray(Box[]::new))
                        .toArray(Box[][]::new),
                categories(bins).subList(first, end));
    }

    private static Figure draw(List<String> names, double[] means, Box[][] boxes, List<String> categories) {
        List<LegendItem> legend = new ArrayList<>();
        for (int s = 0; s < names.size(); s++) {
            String mean = String.format(Locale.ROOT, "%.4g", means[s]);
            legend.add(Style.box(names.get(s) + " (mean-KLD " + mean + ")", s));
        }
        return new Figure(WIDTH, HEIGHT, (graphics, width, height) -> {
            CategoryAxis axis = Axes.categories("minimum confidence over members (bin)");
            if (categories.size() > 10) {
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
