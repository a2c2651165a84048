package dev.polyphony.figures;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one font of every figure, Liberation Sans (SIL Open Font License), which travels with the code: figures look the
 * same everywhere and need neither an installed font nor fontconfig.
 *
 * <p>Java asks fontconfig for its logical fonts before it opens any font file, and fails on a machine without one.
 * {@code sun.awt.fontconfig} is Java's own way around: a file that says there are none. It is set only where nobody has
 * set it, and before the first font is opened.
 */
final class BundledFont {

    private static final String FILE = "LiberationSans-Regular.ttf";
    private static final String CONFIGURATION = "sun.awt.fontconfig";

    private static @Nullable Font loaded;

    private BundledFont() {}

    /** The family name as SVG names it. */
    static String family() {
        return font().getFamily();
    }

    /** The font in a size, in units. */
    static Font of(float size) {
        return font().deriveFont(size);
    }

    private static synchronized Font font() {
        if (loaded == null) {
            try {
                prepareRuntime();
                loaded = open();
            } catch (IOException | FontFormatException | RuntimeException | Error e) {
                throw new IllegalStateException(
                        "Figures cannot be drawn: this Java runtime cannot open fonts (" + e
                                + "). It needs the FreeType library: libfreetype6 on Debian, freetype elsewhere.",
                        e);
            }
        }
        return loaded;
    }

    private static Font open() throws IOException, FontFormatException {
        try (InputStream file = BundledFont.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new FileNotFoundException(FILE);
            }
            Font font = Font.createFont(Font.TRUETYPE_FONT, file);
            // Measures once, since a runtime may open a font and yet be unable to use it.
            font.deriveFont(12f)
                    .getStringBounds("x", new FontRenderContext(null, true, true))
                    .isEmpty();
            return font;
        }
    }

    private static void prepareRuntime() throws IOException {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        if (System.getProperty(CONFIGURATION) == null) {
            Path none = Files.createTempFile("polyphony-fonts", ".properties");
            Files.writeString(none, "version=1\nsequence.allfonts=default\n");
            none.toFile().deleteOnExit();
            System.setProperty(CONFIGURATION, none.toString());
        }
    }
}
