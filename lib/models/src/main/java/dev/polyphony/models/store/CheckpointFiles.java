package dev.polyphony.models.store;

import ai.djl.ndarray.NDManager;
import dev.polyphony.models.Network;
import dev.polyphony.models.format.InvalidModelFileException;
import java.util.ArrayList;
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

    /**
     * The newest checkpoint from which nothing is missing: it can be read, and so can all before it that somebody still
     * needs. What comes after it is passed over with a warning, and will be made again.
     *
     * @param needed the numbers of steps whose checkpoints somebody needs
     */
    public Optional<Checkpoint> latest(NDManager manager, LongPredicate needed) {
        List<String> usable = new ArrayList<>();
        for (String address : addresses()) {
            if (needed.test(nextStep(address)) && !isWhole(address)) {
                break;
            }
            usable.add(address);
        }
        for (String address : usable.stream().sorted(Comparator.reverseOrder()).toList()) {
            Optional<Checkpoint> checkpoint = read(manager, address);
            if (checkpoint.isPresent()) {
                return checkpoint;
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(String address) {
        try {
            store.read(address).ifPresent(bytes -> ModelFile.whole(bytes, address));
            return true;
        } catch (InvalidModelFileException damaged) {
            warnings.accept(damaged.getMessage() + "; going back to a checkpoint before it");
            return false;
        }
    }

    private Optional<Checkpoint> read(NDManager manager, String address) {
        try {
            return store.read(address).map(bytes -> Checkpoint.read(manager, network, bytes, address, null));
        } catch (InvalidModelFileException damaged) {
            warnings.accept(damaged.getMessage() + "; going back to the checkpoint before it");
            return Optional.empty();
        }
    }

    /** Stores a checkpoint; it appears whole or not at all. */
    public StoredFile save(Checkpoint checkpoint) {
        return store.put(address(checkpoint.nextStep()), checkpoint.encode(network));
    }

    /**
     * Of the checkpoints up to {@code newest}, deletes all but the last {@code keep} and those whose number of steps
     * {@code alsoKeep} accepts. Reads none of them: what is kept of a long run comes to gigabytes.
     *
     * @param newest steps of the checkpoint saved last; later ones are what a damaged training left, to be replaced
     */
    public void prune(long newest, int keep, LongPredicate alsoKeep) {
        List<String> addresses = addresses().stream()
                .filter(address -> nextStep(address) <= newest)
                .toList();
        for (String address : addresses.subList(0, Math.max(0, addresses.size() - keep))) {
            if (!alsoKeep.test(nextStep(address))) {
                store.delete(address);
            }
        }
    }

    private List<String> addresses() {
        return store.addresses(prefix).stream()
                .filter(address -> address.substring(prefix.length()).matches("\\d{8,18}\\" + SUFFIX))
                .toList();
    }

    /** The checkpoints after these numbers of steps that are there, the oldest first. */
    public List<StoredFile> all(LongPredicate steps) {
        return addresses().stream()
                .filter(address -> steps.test(nextStep(address)))
                .flatMap(address -> store.find(address).stream())
                .toList();
    }

    /** How many steps a checkpoint has applied, by its address. */
    public long nextStep(String address) {
        return Long.parseLong(address.substring(prefix.length(), address.length() - SUFFIX.length()));
    }
}
