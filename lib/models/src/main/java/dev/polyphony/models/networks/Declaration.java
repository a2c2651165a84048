package dev.polyphony.models.networks;

import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the tensors of a network, in the order they are declared. */
final class Declaration {

    private final List<Entry> parameters = new ArrayList<>();
    private final List<Entry> statistics = new ArrayList<>();

    void parameter(String name, Kind kind, long... shape) {
        append(parameters, name, kind, shape);
    }

    void statistic(String name, long... shape) {
        append(statistics, name, Kind.STATISTIC, shape);
    }

    Layout parameters() {
        return new Layout(parameters);
    }

    Layout statistics() {
        return new Layout(statistics);
    }

    private static void append(List<Entry> entries, String name, Kind kind, long... shape) {
        long offset = 0;
        if (!entries.isEmpty()) {
            Entry last = entries.get(entries.size() - 1);
            offset = last.offset() + last.size();
        }
        entries.add(new Entry(name, kind, offset, Arrays.stream(shape).boxed().toList()));
    }
}
