package dev.polyphony.figures;

import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A finished figure, ready to be written. Sizes are in units of 1/150 inch: 900 units are 6 inches, the width of a
 * page's text. Immutable; the same figure gives the same bytes.
 */
public final class Figure {

    /** What a figure shows, from (0, 0) to (width, height), on a white ground. */
    @FunctionalInterface
    interface Drawing {
        void on(Graphics2D graphics, double width, double height);
    }

    private final int width;
    private final int height;
    private final Drawing drawing;

    Figure(int width, int height, Drawing drawing) {
        this.width = width;
        this.height = height;
        this.drawing = Objects.requireNonNull(drawing);
    }

    /** Units; the PNG has twice as many pixels. */
    public int width() {
        return width;
    }

    /** Units; the PNG has twice as many pixels. */
    public int height() {
        return height;
    }

    /**
     * Writes {@code NAME.png} (2 pixels a unit, marked as 300 dots per inch) and {@code NAME.svg}. Each file appears
     * complete or not at all, and replaces an older one; missing directories are made.
     *
     * @param withoutExtension the files' path up to the dot
     * @throws IOException if a file cannot be written
     * @throws IllegalStateException if this Java runtime cannot draw text; the message says what it lacks
     */
    public void write(Path withoutExtension) throws IOException {
        Path name = Objects.requireNonNull(withoutExtension.getFileName(), "a figure needs a file name");
        replace(withoutExtension.resolveSibling(name + ".png"), png());
        replace(withoutExtension.resolveSibling(name + ".svg"), svg());
    }

    /** The PNG file's bytes. */
    byte[] png() throws IOException {
        return PngFile.of(width, height, drawing);
    }

    /** The SVG file's bytes. */
    byte[] svg() throws IOException {
        return SvgFile.of(width, height, drawing);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        Path part = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.write(part, bytes);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
