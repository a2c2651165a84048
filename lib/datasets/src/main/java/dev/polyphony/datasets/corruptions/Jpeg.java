package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Writes an image as a JPEG and reads it again, in memory and without a display. The JDK scales the same standard tables
 * by the same rule as the Independent JPEG Group, and halves the colours' resolution likewise.
 */
final class Jpeg implements Effect {

    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("jpeg").next();
    private final ImageReader reader =
            ImageIO.getImageReadersByFormatName("jpeg").next();
    private final ImageWriteParam parameters = writer.getDefaultWriteParam();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final BufferedImage image;
    private final int[] levels;

    /** @param quality from 1 to 100 */
    Jpeg(ImageShape shape, int quality) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality / 100f);
        image = new BufferedImage(
                shape.width(),
                shape.height(),
                shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        levels = new int[shape.height() * shape.width()];
    }

    @Override
    public void apply(Picture picture, UniformRandomProvider random) {
        float[] values = picture.values();
        WritableRaster raster = image.getRaster();
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (int pixel = 0; pixel < levels.length; pixel++) {
                levels[pixel] = Picture.level(values[channel * levels.length + pixel]);
            }
            raster.setSamples(0, 0, picture.width(), picture.height(), channel, levels);
        }
        WritableRaster read = writtenAndRead().getRaster();
        for (int channel = 0; channel < picture.channels(); channel++) {
            read.getSamples(0, 0, picture.width(), picture.height(), channel, levels);
            for (int pixel = 0; pixel < levels.length; pixel++) {
                values[channel * levels.length + pixel] = levels[pixel] / 255f;
            }
        }
    }

    private BufferedImage writtenAndRead() {
        file.reset();
        try {
            try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(image, null, null), parameters);
            }
            try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.toByteArray()))) {
                reader.setInput(in, true, true);
                return reader.read(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail: ", e);
        }
    }

    @Override
    public void close() {
        writer.dispose();
        reader.dispose();
    }
}
