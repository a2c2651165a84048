package dev.polyphony.launcher.export;

import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.Npz;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A written archive. */
record Archive(Map<String, NpyArray> arrays) {

    static Archive read(Path file) {
        return new Archive(Npz.read(file));
    }

    NpyArray get(String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }
}
