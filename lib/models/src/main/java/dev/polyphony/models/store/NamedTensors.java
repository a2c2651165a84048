package dev.polyphony.models.store;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Between a flat array and the named tensors of a file. */
final class NamedTensors {

    private NamedTensors() {}

    static List<Tensor> of(String prefix, Layout layout, NDArray flat) {
        if (flat.size() != layout.size()) {
            throw new IllegalArgumentException(
                    "these weights have " + flat.size() + " numbers, the network has " + layout.size());
        }
        float[] values = flat.toFloatArray();
        List<Tensor> tensors = new ArrayList<>();
        for (Entry entry : layout.entries()) {
            tensors.add(Tensor.floats(prefix + entry.name(), entry.shape(), values, (int) entry.offset()));
        }
        return tensors;
    }

    /**
     * A flat array, owned by the caller.
     *
     * @throws InvalidModelFileException if a tensor is missing or has another type or shape
     */
    static NDArray flat(SafeTensors file, String prefix, Layout layout, NDManager manager, String source) {
        // Found before any memory is asked for: a file may describe a network far larger than itself.
        List<Tensor> tensors = layout.entries().stream()
                .map(entry -> tensor(file, prefix + entry.name(), entry, source))
                .toList();
        float[] values = new float[Math.toIntExact(layout.size())];
        for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).copyTo(values, (int) layout.entries().get(i).offset());
        }
        return manager.create(values);
    }

    private static Tensor tensor(SafeTensors file, String name, Entry entry, String source) {
        Tensor tensor =
                file.find(name).orElseThrow(() -> new InvalidModelFileException(source, "it has no tensor " + name));
        if (tensor.type() != Tensor.Type.F32 || !tensor.shape().equals(entry.shape())) {
            throw new InvalidModelFileException(
                    source,
                    name + " is " + tensor.type() + " " + tensor.shape() + ", the network needs F32 " + entry.shape());
        }
        return tensor;
    }
}
