package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a flat array into the named tensors of a layout, without copying where the device allows it. */
final class Views {

    /**
     * Numbers in 16 bytes. Given a batch normalisation's scale that began 8 bytes off a multiple of that, cuDNN 8.6
     * failed and took the process down with it; with aligned ones it ran.
     */
    private static final int CUDNN_ALIGNMENT = 4;

    private final long size;
    private final long[] cuts;
    private final String[] names;
    private final Shape[] shapes;
    private final boolean[] copied;

    Views(Layout layout) {
        List<Entry> entries = layout.entries();
        size = layout.size();
        cuts = entries.stream().skip(1).mapToLong(Entry::offset).toArray();
        names = entries.stream().map(Entry::name).toArray(String[]::new);
        shapes = entries.stream()
                .map(entry -> new Shape(
                        entry.shape().stream().mapToLong(Long::longValue).toArray()))
                .toArray(Shape[]::new);
        copied = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            Entry entry = entries.get(i);
            copied[i] = entry.kind() != Kind.STATISTIC && entry.offset() % CUDNN_ALIGNMENT != 0;
        }
    }

    /**
     * The named tensors, which share memory with {@code flat} and lead gradients back to it. On a GPU trainable ones that
     * cuDNN could not read where they lie are copies, which lead gradients back too.
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
        boolean gpu = flat.getDevice().isGpu();
        for (int i = 0; i < names.length; i++) {
            NDArray view = pieces.get(i).reshape(shapes[i]);
            views.put(names[i], gpu && copied[i] ? view.duplicate() : view);
        }
        return views;
    }
}
