package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a flat array into the named tensors of a layout, without copying. */
final class Views {

    private final long size;
    private final long[] cuts;
    private final String[] names;
    private final Shape[] shapes;

    Views(Layout layout) {
        List<Entry> entries = layout.entries();
        size = layout.size();
        cuts = entries.stream().skip(1).mapToLong(Entry::offset).toArray();
        names = entries.stream().map(Entry::name).toArray(String[]::new);
        shapes = entries.stream()
                .map(entry -> new Shape(
                        entry.shape().stream().mapToLong(Long::longValue).toArray()))
                .toArray(Shape[]::new);
    }

    /**
     * The named tensors, which share memory with {@code flat} and lead gradients back to it.
     *
     * @throws IllegalArgumentException if the array's size is not the layout's
     */
    Map<String, NDArray> of(NDArray flat) {
        if (flat.size() != size) {
            throw new IllegalArgumentException(
                    "these weights have " + flat.size() + " numbers, the network has " + size);
        }
        NDList pieces = flat.split(cuts, 0);
        Map<String, NDArray> views = new HashMap<>(2 * names.length);
        for (int i = 0; i < names.length; i++) {
            views.put(names[i], pieces.get(i).reshape(shapes[i]));
        }
        return views;
    }
}
