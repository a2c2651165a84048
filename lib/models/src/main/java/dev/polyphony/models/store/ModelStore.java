package dev.polyphony.models.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where models and checkpoints lie, for every service of a run. Files appear whole or not at all.
 *
 * <p>An address is a relative path: parts of letters, digits, {@code . _ -} that begin with a letter or digit,
 * separated by {@code /}. It does not end in {@code .sha256}. Other addresses are refused with an {@link
 * IllegalArgumentException}.
 */
public interface ModelStore {

    /**
     * The store at this place.
     *
     * @param location a directory, or {@code s3://BUCKET} with or without {@code /FOLDER}
     * @throws ModelStoreException if there can be none
     */
    static ModelStore at(String location) {
        return location.startsWith("s3:") ? S3ModelStore.at(location) : new DirectoryModelStore(Path.of(location));
    }

    /** Whether there is a file at this address: {@link #find} without reading it. */
    default boolean has(String address) {
        return addresses(address).contains(address);
    }

    /** The file at this address, if there is one. */
    default Optional<StoredFile> find(String address) {
        return read(address).map(content -> StoredFile.of(address, content));
    }

    /** Stores a file, in place of an earlier one. Several writers of the same bytes do not disturb each other. */
    StoredFile put(String address, byte[] content);

    /**
     * The bytes of a file.
     *
     * @param sha256 what the bytes must hash to
     * @throws ModelStoreException if there is no such file or it has other bytes
     */
    byte[] get(String address, String sha256);

    /** The bytes of the file at this address, whatever they are, if there is one. */
    Optional<byte[]> read(String address);

    /** The addresses that begin with {@code prefix}, sorted: {@link #list} without reading the files. */
    List<String> addresses(String prefix);

    /** The files whose addresses begin with {@code prefix} (any text, or nothing for all), sorted by address. */
    default List<StoredFile> list(String prefix) {
        return addresses(prefix).stream()
                .flatMap(address -> find(address).stream())
                .toList();
    }

    /** Removes a file, if it is there. */
    void delete(String address);
}
