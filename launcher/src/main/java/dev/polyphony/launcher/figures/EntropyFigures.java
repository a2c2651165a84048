package dev.polyphony.launcher.figures;

import dev.polyphony.figures.Figure;
import dev.polyphony.figures.Histogram;
import dev.polyphony.figures.Histogram.Counts;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
            List<OutOfDistribution> all = new ArrayList<>();
            List<Counts> series = new ArrayList<>();
            StringBuilder text = new StringBuilder("Entropy of predictions on test images and on images of '" + set
                    + "', which no class fits. How well it tells them apart (AUROC):");
            if (student != null) {
                all.add(student);
                series.add(pooled("student, test", List.of(student), true));
                series.add(pooled("student, " + set, List.of(student), false));
                text.append(String.format(Locale.ROOT, " student %.4f", student.auroc()));
            }
            if (teachers != null) {
                all.add(teachers);
                series.add(pooled("teachers, test", List.of(teachers), true));
                series.add(pooled("teachers, " + set, List.of(teachers), false));
                text.append(String.format(Locale.ROOT, " teachers %.4f", teachers.auroc()));
            }
            section.draw("entropy-" + FileName.of(set), text.append('.').toString(), () -> figure(all, series));
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
        List<OutOfDistribution> all = new ArrayList<>();
        List<Counts> series = new ArrayList<>();
        for (MethodRuns method : methods) {
            List<OutOfDistribution> seeds = new ArrayList<>();
            for (MeasuredRun run : method.runs()) {
                OutOfDistribution found = find(run.shift(), set);
                if (found != null) {
                    seeds.add(found);
                }
            }
            if (!seeds.isEmpty()) {
                all.addAll(seeds);
                series.add(pooled(method.name(), seeds, in));
            }
        }
        String where = in ? "test images, in distribution" : "images of '" + set + "', which no class fits";
        section.draw(
                in ? "entropy-in" : "entropy-out-" + FileName.of(set),
                "Entropy of the students' predictions on " + where + "; seeds together.",
                () -> figure(all, series));
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
    private static Figure figure(List<OutOfDistribution> all, List<Counts> series) {
        double low = all.get(0).entropiesIn().low();
        double high = all.get(0).entropiesIn().high();
        for (OutOfDistribution one : all) {
            if (one.entropiesIn().low() != low || one.entropiesIn().high() != high) {
                throw new IllegalArgumentException("entropies are counted up to " + high + " and up to "
                        + one.entropiesIn().high() + ": the runs differ in their classes");
            }
        }
        return Histogram.ofCounts(QUANTITY, low, high, series);
    }

    private static Counts pooled(String name, List<OutOfDistribution> seeds, boolean in) {
        Function<OutOfDistribution, List<Long>> counts =
                seed -> in ? seed.entropiesIn().counts() : seed.entropiesOut().counts();
        ToDoubleFunction<OutOfDistribution> mean = seed -> in ? seed.meanEntropyIn() : seed.meanEntropyOut();
        List<Long> sum = new ArrayList<>(counts.apply(seeds.get(0)));
        for (OutOfDistribution seed : seeds.subList(1, seeds.size())) {
            List<Long> more = counts.apply(seed);
            if (more.size() != sum.size()) {
                throw new IllegalArgumentException(
                        "seeds of " + name + " are counted in " + sum.size() + " and " + more.size() + " bins");
            }
            for (int b = 0; b < more.size(); b++) {
                sum.set(b, sum.get(b) + more.get(b));
            }
        }
        return new Counts(name, seeds.stream().mapToDouble(mean).average().orElseThrow(), sum);
    }
}
