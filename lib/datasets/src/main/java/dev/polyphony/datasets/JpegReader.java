package dev.polyphony.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes small JPEG files, one after another, with the JDK's decoder. Not for use by several threads. */
final class JpegReader implements AutoCloseable {

    private static final int COLOURS = 3;

    private final ImageReader reader =
            ImageIO.getImageReadersByFormatName("jpeg").next();
    private @Nullable String warning;

    JpegReader() {
        reader.addIIOReadWarningListener((source, message) -> warning = message);
    }

    /**
     * Decodes an image; a grey one is given three equal channels.
     *
     * @param name of the file, for messages
     * @param content of the file
     * @param shape that the image must have, 3 channels
     * @param out gets the pixels, [C, H, W]
     * @throws InvalidDataException if the file is not a whole JPEG file of such an image
     */
    void read(String name, byte[] content, ImageShape shape, byte[] out) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            warning = null;
            reader.setInput(in, true, true);
            // Before anything is reserved for the pixels.
            if (reader.getWidth(0) != shape.width() || reader.getHeight(0) != shape.height()) {
                throw new InvalidDataException(name + ": an image of " + reader.getHeight(0) + " x "
                        + reader.getWidth(0) + " pixels; right is " + shape.height() + " x " + shape.width());
            }
            BufferedImage image = reader.read(0);
            if (warning != null) {
                throw new InvalidDataException(name + ": damaged JPEG data (" + warning + ")");
            }
            copy(name, image.getRaster(), shape, out);
        } catch (InvalidDataException refusal) {
            throw refusal;
        } catch (IOException | RuntimeException failure) {
            // The decoder answers some damaged files with an exception of whatever failed in it.
            String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            throw new InvalidDataException(name + ": cannot be read as a JPEG file (" + reason + ")", failure);
        } finally {
            reader.setInput(null);
        }
    }

    /** From the raster and not through the colour model, which would brighten grey images. */
    private static void copy(String name, Raster raster, ImageShape shape, byte[] out) {
        int bands = raster.getNumBands();
        if (bands != 1 && bands != COLOURS) {
            throw new InvalidDataException(
                    name + ": a JPEG file of " + bands + " channels; right are 3 (colour) or 1 (grey)");
        }
        int plane = shape.height() * shape.width();
        int[] samples = new int[plane];
        for (int channel = 0; channel < COLOURS; channel++) {
            raster.getSamples(0, 0, shape.width(), shape.height(), Math.min(channel, bands - 1), samples);
            for (int pixel = 0; pixel < plane; pixel++) {
                out[channel * plane + pixel] = (byte) samples[pixel];
            }
        }
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
