package dev.polyphony.models.store;

import dev.polyphony.experiment.StreamParts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the streams are that a model store's ensembles and runs belong to: a small file for each.
 *
 * @param store where they lie
 */
public record StreamFiles(ModelStore store) {

    private static final String DIRECTORY = "streams/";
    private static final String SUFFIX = ".json";

    /** Keeps what determines a stream. Does nothing the second time. */
    public void keep(StreamParts parts) {
        String address = address(parts.streamId());
        if (store.read(address).isEmpty()) {
            store.put(address, parts.toJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What determines a stream, if it was kept.
     *
     * @throws StreamParts.DamagedException if the file cannot be read
     */
    public Optional<StreamParts> find(String streamId) {
        String address = address(streamId);
        return store.read(address).map(json -> StreamParts.fromJson(new String(json, StandardCharsets.UTF_8), address));
    }

    /** Identities of all streams that were kept, sorted. */
    public List<String> identities() {
        return store.addresses(DIRECTORY).stream()
                .filter(address -> address.endsWith(SUFFIX))
                .map(address -> address.substring(DIRECTORY.length(), address.length() - SUFFIX.length()))
                .toList();
    }

    /** Forgets a stream. */
    public void delete(String streamId) {
        store.delete(address(streamId));
    }

    private static String address(String streamId) {
        return DIRECTORY + streamId + SUFFIX;
    }
}
