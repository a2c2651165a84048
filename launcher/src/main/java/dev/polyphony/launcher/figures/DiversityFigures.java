package dev.polyphony.launcher.figures;

import dev.polyphony.experiment.StreamPart;
import dev.polyphony.figures.DiversityPlot.Bin;
import dev.polyphony.figures.DiversityPlot.Boxes;
import dev.polyphony.figures.Figure;
import dev.polyphony.scoring.DiversityPlot;
import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How much teachers and subnetworks disagree, as figures (paper, figs. 3 and 5(c)). */
final class DiversityFigures {

    private DiversityFigures() {}

    static void ofRun(MeasuredRun measured, FigureSection section) {
        Analysis.Plots plots = measured.analysis().diversity();
        Map<String, List<DiversityPlot>> series = new LinkedHashMap<>();
        StreamPart stream = measured.run().recipe().stream();
        Map<String, DiversityPlot> teachers = plots.teachers();
        add(series, "teachers, train, clean", teachers.get("train"));
        add(series, "teachers, train, Gaussian", teachers.get("train-gaussian"));
        add(series, "teachers, train, " + Legend.ods(stream), teachers.get("train-ods"));
        add(series, "teachers, test", teachers.get("test"));
        add(series, "student, test", plots.student().get("test"));
        if (series.isEmpty()) {
            section.leaveOut("diversity", "a single network has nobody to disagree with");
            return;
        }
        section.draw(
                "diversity",
                "Divergence between members by the smallest confidence among them: teachers on training images, clean and"
                        + " perturbed with step size " + Legend.stepSize(stream)
                        + ", and teachers and student on test images. Below, how many images each bin has.",
                () -> figure(series));
    }

    static void across(List<MethodRuns> methods, FigureSection section) {
        Map<String, List<DiversityPlot>> series = new LinkedHashMap<>();
        for (MethodRuns method : methods) {
            for (MeasuredRun run : method.runs()) {
                add(series, method.name(), run.analysis().diversity().student().get("test"));
            }
        }
        if (series.isEmpty()) {
            section.leaveOut("students' diversity", "no student has subnetworks");
            return;
        }
        section.draw(
                "diversity-students",
                "Divergence between the subnetworks of each student on test images. Of several seeds, each bin's box is"
                        + " the mean of the seeds' boxes, weighted by their images.",
                () -> figure(series));
    }

    /** One network alone has no pairs. */
    private static void add(Map<String, List<DiversityPlot>> series, String name, @Nullable DiversityPlot plot) {
        if (plot != null && plot.members() > 1) {
            series.computeIfAbsent(name, unseen -> new ArrayList<>()).add(plot);
        }
    }

    private static Figure figure(Map<String, List<DiversityPlot>> series) {
        return dev.polyphony.figures.DiversityPlot.ofBoxes(series.entrySet().stream()
                .map(one -> pooled(one.getKey(), one.getValue()))
                .toList());
    }

    /** Of several seeds only boxes are kept, not samples: means of their quartiles, weighted by samples. */
    static Boxes pooled(String name, List<DiversityPlot> seeds) {
        int bins = seeds.get(0).bins().size();
        List<Bin> pooled = new ArrayList<>();
        for (int b = 0; b < bins; b++) {
            List<DiversityPlot.Bin> same = new ArrayList<>();
            for (DiversityPlot seed : seeds) {
                if (seed.bins().size() != bins) {
                    throw new IllegalArgumentException("seeds of " + name + " have " + bins + " and "
                            + seed.bins().size() + " bins");
                }
                if (seed.bins().get(b).samples() > 0) {
                    same.add(seed.bins().get(b));
                }
            }
            pooled.add(same.isEmpty() ? Bin.EMPTY : bin(same));
        }
        double samples = seeds.stream().mapToInt(DiversityPlot::samples).sum();
        double mean = seeds.stream()
                        .mapToDouble(seed -> seed.samples() * seed.meanKld())
                        .sum()
                / samples;
        return new Boxes(name, mean, pooled);
    }

    private static Bin bin(List<DiversityPlot.Bin> bins) {
        return new Bin(
                bins.stream().mapToInt(DiversityPlot.Bin::samples).sum(),
                mean(bins, BoxStatistics::mean),
                mean(bins, BoxStatistics::lowerWhisker),
                mean(bins, BoxStatistics::q1),
                mean(bins, BoxStatistics::median),
                mean(bins, BoxStatistics::q3),
                mean(bins, BoxStatistics::upperWhisker));
    }

    private static double mean(List<DiversityPlot.Bin> bins, ToDoubleFunction<BoxStatistics> value) {
        double samples = bins.stream().mapToInt(DiversityPlot.Bin::samples).sum();
        return bins.stream()
                .mapToDouble(bin -> bin.samples() / samples * value.applyAsDouble(bin.divergences()))
                .sum();
    }
}
