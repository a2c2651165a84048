package dev.polyphony.models.store;

import ai.djl.ndarray.NDManager;
import dev.polyphony.models.Network;
import dev.polyphony.models.format.InvalidModelFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** The checkpoints of one training in a model store, by the number of steps applied. */
public final class CheckpointFiles {

    private static final String SUFFIX = ".safetensors";

    private final ModelStore store;
    private final String prefix;
    private final Network network;
    private final Consumer<String> warnings;

    /**
     * The checkpoints at one place.
     *
     * @param directory address without a slash at its end, such as {@code runs/4f2a/checkpoints}
     * @param network whose checkpoints they are
     * @param warnings told of files that cannot be used
     */
    public CheckpointFiles(ModelStore store, String directory, Network network, Consumer<String> warnings) {
        this.store = store;
        this.prefix = directory + "/step-";
        this.network = network;
        this.warnings = warnings;
    }

    /** Address of the checkpoint after so many steps. */
    public String address(long nextStep) {
        return prefix + String.format(Locale.ROOT, "%08d", nextStep) + SUFFIX;
    }

    /** The newest checkpoint that can be read; a damaged one is passed over with a warning. */
    public Optional<Checkpoint> latest(NDManager manager) {
        List<String> newestFirst =
                addresses().stream().sorted(Comparator.reverseOrder()).toList();
        for (String address : newestFirst) {
            StoredFile file = store.find(address).orElse(null);
            if (file == null) {
                continue;
            }
            try {
                byte[] bytes = store.get(address, file.sha256());
                return Optional.of(Checkpoint.read(manager, network, bytes, address, file.sha256()));
            } catch (InvalidModelFileException damaged) {
                warnings.accept(damaged.getMessage() + "; going back to the checkpoint before");
            }
        }
        return Optional.empty();
    }

    /** Stores a checkpoint; it appears whole or not at all. */
    public StoredFile save(Checkpoint checkpoint) {
        return store.put(address(checkpoint.nextStep()), checkpoint.encode(network));
    }

    /**
     * Deletes all but the newest {@code keep} and those whose number of steps {@code alsoKeep} accepts. Reads none of
     * them: what is kept of a long run comes to gigabytes.
     */
    public void prune(int keep, LongPredicate alsoKeep) {
        List<String> addresses = addresses();
        for (String address : addresses.subList(0, Math.max(0, addresses.size() - keep))) {
            if (!alsoKeep.test(nextStep(address))) {
                store.delete(address);
            }
        }
    }

    private List<String> addresses() {
        return store.addresses(prefix).stream()
                .filter(address -> address.endsWith(SUFFIX))
                .toList();
    }

    /** All checkpoints, the oldest first. */
    public List<StoredFile> all() {
        return store.list(prefix).stream()
                .filter(file -> file.address().endsWith(SUFFIX))
                .toList();
    }

    /** How many steps a checkpoint has applied, by its address. */
    public long nextStep(String address) {
        return Long.parseLong(address.substring(prefix.length(), address.length() - SUFFIX.length()));
    }
}
