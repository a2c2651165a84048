package dev.polyphony.launcher.archive;

import dev.polyphony.datasets.DownloadProgress;
import dev.polyphony.experiment.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Verifies an archive's files against its manifest. */
final class ArchiveCheck {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path archive;
    private final DownloadProgress progress;

    ArchiveCheck(Path archive, DownloadProgress progress) {
        this.archive = archive;
        this.progress = progress;
    }

    /**
     * Reads all of it.
     *
     * @throws DamagedArchiveException naming the first file that is missing or altered
     */
    void verify(Manifest manifest) {
        for (ArchivedFile file : manifest.files()) {
            Path path = archive.resolve(file.name());
            try {
                if (!Files.isRegularFile(path)) {
                    throw new DamagedArchiveException("the archive is not whole: there is no " + path);
                }
                if (Files.size(path) != file.bytes()) {
                    throw new DamagedArchiveException(path + " has " + Files.size(path) + " bytes, by the manifest "
                            + file.bytes() + ": it was altered or cut off");
                }
                String sha256 = sha256(path, file);
                if (!sha256.equals(file.sha256())) {
                    throw new DamagedArchiveException(path + " has SHA-256 " + sha256 + ", by the manifest "
                            + file.sha256() + ": it was altered");
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + path, e);
            }
        }
    }

    private String sha256(Path path, ArchivedFile file) throws IOException {
        MessageDigest digest = Sha256.begin();
        byte[] buffer = new byte[BUFFER_BYTES];
        long done = 0;
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                done += read;
                progress.received("check " + file.name(), done, file.bytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
