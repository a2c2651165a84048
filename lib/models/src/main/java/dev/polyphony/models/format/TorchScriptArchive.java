package dev.polyphony.models.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Looks into a TorchScript file, a zip archive of code and tensors, without running anything in it. */
public final class TorchScriptArchive {

    /** Code compresses, tensors are stored as they are: a file that unpacks to much more than itself is a bomb. */
    private static final long MOST_CODE = 64L << 20;

    private static final int PICKLE = 0x80;
    private static final String REMEDY =
            "; save a module with torch.jit.save(torch.jit.trace(model.eval(), images), \"member.pt\")";

    private TorchScriptArchive() {}

    /** Whether the file begins like one, or like what PyTorch writes otherwise; safetensors begin otherwise. */
    public static boolean looksLikePyTorch(byte[] bytes) {
        return isPickle(bytes) || (bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K');
    }

    /**
     * Refuses what the engine should not be given.
     *
     * @param source names the file in messages
     * @throws InvalidModelFileException if it is no TorchScript, is damaged, or unpacks to much more than itself
     */
    public static void require(Path file, String source) {
        try {
            if (isPickle(firstBytes(file))) {
                throw pickled(source);
            }
            try (ZipFile archive = new ZipFile(file.toFile())) {
                requireCode(archive, source);
                requireWhole(archive, Files.size(file), source);
            }
        } catch (EOFException end) {
            throw new InvalidModelFileException(source, "a damaged zip archive (it ends too early)");
        } catch (IOException damaged) {
            throw new InvalidModelFileException(source, "a damaged zip archive (" + damaged.getMessage() + ")");
        }
    }

    private static byte[] firstBytes(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(2);
        }
    }

    private static void requireCode(ZipFile archive, String source) {
        List<String> names = archive.stream().map(ZipEntry::getName).toList();
        if (names.stream().noneMatch(name -> name.matches("[^/]+/code/.+"))) {
            throw names.stream().anyMatch(name -> name.matches("[^/]+/data\\.pkl"))
                    ? pickled(source)
                    : new InvalidModelFileException(source, "a zip archive without TorchScript's code" + REMEDY);
        }
    }

    /** The engine does not compare the checksums. */
    private static void requireWhole(ZipFile archive, long size, String source) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long unpacked = 0;
        for (ZipEntry entry : Collections.list(archive.entries())) {
            CRC32 checksum = new CRC32();
            try (InputStream content = archive.getInputStream(entry)) {
                for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                    checksum.update(buffer, 0, count);
                    unpacked += count;
                    if (unpacked > size + MOST_CODE) {
                        throw new InvalidModelFileException(
                                source, size + " bytes that unpack to more than " + (size + MOST_CODE));
                    }
                }
            }
            if (checksum.getValue() != entry.getCrc()) {
                throw new ZipException(entry.getName() + " does not have its checksum");
            }
        }
    }

    private static boolean isPickle(byte[] bytes) {
        return bytes.length > 1 && (bytes[0] & 0xff) == PICKLE && bytes[1] >= 2 && bytes[1] <= 5;
    }

    private static InvalidModelFileException pickled(String source) {
        return new InvalidModelFileException(
                source, "pickled by torch.save, which holds weights without the network, not TorchScript" + REMEDY);
    }
}
