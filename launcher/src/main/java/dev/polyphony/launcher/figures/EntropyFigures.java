package dev.polyphony.launcher.figures;

import dev.polyphony.figures.Figure;
import dev.polyphony.figures.Histogram;
import dev.polyphony.figures.Histogram.Counts;
import dev.polyphony.launcher.report.Shift;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entropies of predictions in and out of distribution, as figures. */
final class EntropyFigures {

    private static final String QUANTITY = "entropy of the prediction (nats)";
    private static final String NONE = "the recipe names no images out of distribution (evaluation.outOfDistribution)";

    private EntropyFigures() {}

    static void ofRun(MeasuredRun measured, FigureSection section) {
        Set<String> sets = sets(List.of(measured));
        if (sets.isEmpty()) {
            section.leaveOut("entropies", NONE);
        }
        for (String set : sets) {
            OutOfDistribution student = find(measured.shift(), set);
            OutOfDistribution teachers = find(measured.teachersShift(), set);
            List<Part> parts = new ArrayList<>();
            StringBuilder text = new StringBuilder("Entropy of predictions on test images and on images of '" + set
                    + "', which no class fits. How well it tells them apart (AUROC):");
            if (student != null) {
                parts.add(new Part("student, test", List.of(student), true));
                parts.add(new Part("student, " + set, List.of(student), false));
                text.append(String.format(Locale.ROOT, " student %.4f", student.auroc()));
            }
            if (teachers != null) {
                parts.add(new Part("teachers, test", List.of(teachers), true));
                parts.add(new Part("teachers, " + set, List.of(teachers), false));
                text.append(String.format(Locale.ROOT, " teachers %.4f", teachers.auroc()));
            }
            section.draw("entropy-" + FileName.of(set), text.append('.').toString(), () -> figure(parts));
        }
    }

    static void across(List<MethodRuns> methods, FigureSection section) {
        List<MeasuredRun> runs =
                methods.stream().flatMap(method -> method.runs().stream()).toList();
        Set<String> sets = sets(runs);
        if (sets.isEmpty()) {
            section.leaveOut("entropies", NONE);
            return;
        }
        for (String set : sets) {
            draw(methods, set, false, section);
        }
        draw(methods, sets.iterator().next(), true, section);
    }

    private static void draw(List<MethodRuns> methods, String set, boolean in, FigureSection section) {
        List<Part> parts = new ArrayList<>();
        for (MethodRuns method : methods) {
            List<OutOfDistribution> seeds = new ArrayList<>();
            for (MeasuredRun run : method.runs()) {
                OutOfDistribution found = find(run.shift(), set);
                if (found != null) {
                    seeds.add(found);
                }
            }
            if (!seeds.isEmpty()) {
                parts.add(new Part(method.name(), seeds, in));
            }
        }
        String where = in ? "test images, in distribution" : "images of '" + set + "', which no class fits";
        section.draw(
                in ? "entropy-in" : "entropy-out-" + FileName.of(set),
                "Entropy of the students' predictions on " + where + "; seeds together.",
                () -> figure(parts));
    }

    private static Set<String> sets(List<MeasuredRun> runs) {
        Set<String> sets = new LinkedHashSet<>();
        for (MeasuredRun run : runs) {
            Shift shift = run.shift();
            if (shift != null) {
                sets.addAll(shift.outOfDistribution().keySet());
            }
        }
        return sets;
    }

    private static @Nullable OutOfDistribution find(@Nullable Shift shift, String set) {
        return shift == null ? null : shift.outOfDistribution().get(set);
    }

    /** All entropies are counted in bins from 0 to the entropy of all classes alike. */
    private static Figure figure(List<Part> parts) {
        double low = parts.get(0).seeds().get(0).entropiesIn().low();
        double high = parts.get(0).seeds().get(0).entropiesIn().high();
        for (Part part : parts) {
            for (OutOfDistribution seed : part.seeds()) {
                if (seed.entropiesIn().low() != low || seed.entropiesIn().high() != high) {
                    throw new IllegalArgumentException("entropies are counted up to " + high + " and up to "
                            + seed.entropiesIn().high() + ": the runs differ in their classes");
                }
            }
        }
        return Histogram.ofCounts(
                QUANTITY, low, high, parts.stream().map(Part::pooled).toList());
    }

    /**
     * One series.
     *
     * @param in whether it is of the test images, or of the others
     */
    private record Part(String name, List<OutOfDistribution> seeds, boolean in) {

        Counts pooled() {
            List<Long> sum = new ArrayList<>(counts(seeds.get(0)));
            for (OutOfDistribution seed : seeds.subList(1, seeds.size())) {
                List<Long> more = counts(seed);
                if (more.size() != sum.size()) {
                    throw new IllegalArgumentException(
                            "seeds of " + name + " are counted in " + sum.size() + " and " + more.size() + " bins");
                }
                for (int b = 0; b < more.size(); b++) {
                    sum.set(b, sum.get(b) + more.get(b));
                }
            }
            return new Counts(
                    name, seeds.stream().mapToDouble(this::mean).average().orElseThrow(), sum);
        }

        private List<Long> counts(OutOfDistribution seed) {
            return (in ? seed.entropiesIn() : seed.entropiesOut()).counts();
        }

        private double mean(OutOfDistribution seed) {
            return in ? seed.meanEntropyIn() : seed.meanEntropyOut();
        }
    }
}
