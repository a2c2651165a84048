package dev.polyphony.launcher.report;

import dev.polyphony.launcher.report.StreamSamples.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Images of the stream as pictures: clean, perturbed, and the difference so much amplified that it can be seen. */
final class ImageStrip {

    private static final int FULL = 255;
    private static final double MIDDLE = 127.5;

    private final double amplification;

    /** Pictures of these images, their differences all amplified alike. */
    ImageStrip(List<Sample> samples) {
        double largest = 0;
        for (Sample sample : samples) {
            for (float value : sample.perturbation()) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        amplification = largest == 0 ? 1 : Math.max(1, Math.floor(MIDDLE / FULL / largest));
    }

    /** Times by which differences are enlarged. */
    double amplification() {
        return amplification;
    }

    String clean(Sample sample) {
        return png(sample, i -> Byte.toUnsignedInt(sample.clean()[i]));
    }

    String perturbed(Sample sample) {
        return png(sample, i -> Byte.toUnsignedInt(sample.clean()[i]) + (double) FULL * sample.perturbation()[i]);
    }

    /** Grey where nothing was changed. */
    String difference(Sample sample) {
        return png(sample, i -> MIDDLE + FULL * amplification * sample.perturbation()[i]);
    }

    private static String png(Sample sample, Pixel pixel) {
        int plane = sample.height() * sample.width();
        BufferedImage image = new BufferedImage(sample.width(), sample.height(), BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < plane; at++) {
            int rgb = 0;
            for (int colour = 0; colour < 3; colour++) {
                int channel = Math.min(colour, sample.channels() - 1);
                long value = Math.round(pixel.value(channel * plane + at));
                rgb = rgb << 8 | (int) Math.max(0, Math.min(FULL, value));
            }
            image.setRGB(at % sample.width(), at / sample.width(), rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The value of one element, about 0 to 255. */
    private interface Pixel {
        double value(int index);
    }
}
