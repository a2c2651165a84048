package dev.polyphony.launcher.figures;

import dev.polyphony.launcher.figures.FinishedRun.Setup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs that differ in their student's seed alone; their numbers are pooled.
 *
 * @param name for legends, unlike that of any other method of the same figure
 * @param runs at least one
 */
record MethodRuns(String name, List<MeasuredRun> runs) {

    MethodRuns {
        runs = List.copyOf(runs);
    }

    /** Runs by method, in the order in which each method's first run comes. */
    static List<MethodRuns> of(List<MeasuredRun> runs) {
        Map<Setup, List<MeasuredRun>> bySetup = new LinkedHashMap<>();
        for (MeasuredRun run : runs) {
            bySetup.computeIfAbsent(run.run().setup(), unseen -> new ArrayList<>())
                    .add(run);
        }
        Set<String> taken = new HashSet<>();
        List<MethodRuns> methods = new ArrayList<>();
        for (List<MeasuredRun> same : bySetup.values()) {
            FinishedRun first = same.get(0).run();
            String name = Legend.fit(first.method());
            // Two recipes may have one name, in different directories.
            methods.add(new MethodRuns(taken.add(name) ? name : first.runId(), same));
        }
        return methods;
    }

    FinishedRun first() {
        return runs.get(0).run();
    }

    boolean distilled() {
        return first().distilled();
    }
}
