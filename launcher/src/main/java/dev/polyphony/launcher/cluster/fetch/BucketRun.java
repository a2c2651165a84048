package dev.polyphony.launcher.cluster.fetch;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.models.store.ModelStore;
import java.util.List;

/** A run in a bucket, which this machine reaches itself. The server compares what it gives with what was put there. */
record BucketRun(ModelStore store, String directory) implements StoredRun {

    @Override
    public List<String> files() {
        return store.addresses(directory).stream()
                .map(address -> address.substring(directory.length()))
                .toList();
    }

    @Override
    public byte[] read(String file) {
        return store.read(directory + file)
                .orElseThrow(() -> new LauncherMistake(directory + file + " has gone from the model store meanwhile"));
    }
}
