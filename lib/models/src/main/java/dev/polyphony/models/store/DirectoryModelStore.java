package dev.polyphony.models.store;

import dev.polyphony.models.format.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store in a directory, on a disk or a volume that all services see.
 *
 * <p>Beside each file lies {@code <name>.sha256}, for {@code sha256sum -c}. This class itself always hashes the bytes:
 * the two files cannot be replaced in one atomic step.
 *
 * <p>The directory itself may be a symbolic link. Links in it that lead out of it are refused: an address that came in a
 * record must not read or write what is not the store's.
 */
public final class DirectoryModelStore implements ModelStore {

    private final Path directory;

    /** A store in this directory, which is created with the first file. */
    public DirectoryModelStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public boolean has(String address) {
        return Files.isRegularFile(path(address));
    }

    @Override
    public StoredFile put(String address, byte[] content) {
        Path file = path(address);
        StoredFile stored = StoredFile.of(address, content);
        AtomicFile.write(file, content);
        String checksum = stored.sha256() + "  " + file.getFileName() + "\n";
        AtomicFile.write(
                file.resolveSibling(file.getFileName() + Addresses.CHECKSUM),
                checksum.getBytes(StandardCharsets.UTF_8));
        return stored;
    }

    @Override
    public byte[] get(String address, String sha256) {
        byte[] content = read(address)
                .orElseThrow(() -> new ModelStoreException(address + " is not in the model store " + directory));
        return StoredFile.verified(content, address, sha256, "the model store " + directory);
    }

    @Override
    public List<String> addresses(String prefix) {
        List<String> addresses = new ArrayList<>();
        try {
            // Real, for a walk does not begin with a link.
            Path root = Files.exists(directory) ? directory.toRealPath() : directory;
            Files.walkFileTree(folder(root, prefix), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isSymbolicLink() || isInside(file)) {
                        addresses.add(root.relativize(file).toString());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    // Another writer's temporary file has got its name meanwhile, or there is no store yet.
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
        return addresses.stream()
                .filter(address -> address.startsWith(prefix) && Addresses.isAddress(address))
                .sorted()
                .toList();
    }

    /** Where all that begins with the prefix lies: looking elsewhere would cost as much as the store is large. */
    private static Path folder(Path root, String prefix) throws IOException {
        String name = prefix.substring(0, Math.max(0, prefix.lastIndexOf('/')));
        if (!Addresses.isAddress(name)) {
            return root;
        }
        Path folder = root.resolve(name);
        // A walk from the root would not have followed a link to it.
        return !Files.exists(folder) || folder.toRealPath().equals(folder) ? folder : root;
    }

    @Override
    public void delete(String address) {
        Path file = path(address);
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + Addresses.CHECKSUM));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + address + " in " + directory, e);
        }
    }

    @Override
    public Optional<byte[]> read(String address) {
        try {
            return Optional.of(Files.readAllBytes(path(address)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + address + " in " + directory, e);
        }
    }

    private Path path(String address) {
        Path file = directory.resolve(Addresses.checked(address));
        if (!isInside(file)) {
            throw new ModelStoreException("\"" + address + "\" leads out of the model store " + directory
                    + " by a symbolic link: put the files there in the link's place");
        }
        return file;
    }

    /** Whether what exists of this path lies in the store, wherever links lead. */
    private boolean isInside(Path file) {
        for (Path existing = file; existing != null && !existing.equals(directory); existing = existing.getParent()) {
            if (Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return existing.toRealPath().startsWith(directory.toRealPath());
                } catch (IOException leadsNowhere) {
                    return false;
                }
            }
        }
        return true;
    }
}
