package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import dev.polyphony.experiment.Randomness;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The fifteen corruptions over whose 75 sets the paper averages (section A.1, Table 3), in the published order. The
 * four further sets of CIFAR-C are not among them.
 */
public enum Corruption {
    GAUSSIAN_NOISE(1, Noise::gaussian),
    SHOT_NOISE(2, Noise::shot),
    IMPULSE_NOISE(3, Noise::impulse),
    DEFOCUS_BLUR(4, Blur::defocus),
    GLASS_BLUR(5, Blur::glass),
    MOTION_BLUR(6, Blur::motion),
    ZOOM_BLUR(7, Blur::zoom),
    SNOW(8, Weather::snow),
    FROST(9, Weather::frost),
    FOG(10, Weather::fog),
    BRIGHTNESS(11, Weather::brightness),
    CONTRAST(12, Digital::contrast),
    ELASTIC_TRANSFORM(13, Digital::elastic),
    PIXELATE(14, Digital::pixelate),
    JPEG_COMPRESSION(15, Digital::jpeg);

    /** The strongest severity; the mildest is 1. */
    public static final int SEVERITIES = 5;

    private static final int SMALLEST_SIDE = 8;

    /** Makes a corruption for images of a shape. */
    private interface Family {
        Effect of(ImageShape shape, int severity);
    }

    /** Part of the path of the random numbers: never to change. */
    private final int code;

    /** A method reference, and so without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Family family;

    Corruption(int code, Family family) {
        this.code = code;
        this.family = family;
    }

    /** The name of the published file without its extension, such as {@code gaussian_noise}. */
    public String publishedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The corruption of a published name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static Corruption named(String publishedName) {
        return Arrays.stream(values())
                .filter(corruption -> corruption.publishedName().equals(publishedName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no corruption \"" + publishedName + "\"; there are " + names()));
    }

    /**
     * Corrupts images. Each result depends only on its clean image, its index, and the arguments; so it does not matter
     * what the other images are.
     *
     * @param clean 1 or 3 channels, at least 8 x 8 pixels; only read
     * @param severity from 1 (mild) to 5
     * @param seed of all random choices
     * @return images of the same shape, order and labels
     * @throws IllegalArgumentException if the severity or the shape is another
     */
    public Images apply(Images clean, int severity, long seed) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException(
                    "the severity of " + publishedName() + " is from 1 to " + SEVERITIES + ", not " + severity);
        }
        ImageShape shape = clean.shape();
        requireUsable(shape);
        int size = shape.pixels();
        byte[] corrupted = new byte[Math.multiplyExact(clean.count(), size)];
        byte[] pixels = new byte[size];
        Picture picture = new Picture(shape);
        try (Effect effect = family.of(shape, severity)) {
            for (int image = 0; image < clean.count(); image++) {
                clean.copy(image, pixels, 0);
                picture.load(pixels, 0);
                effect.apply(picture, Randomness.of(seed, Randomness.Purpose.CORRUPTION, code, severity, image));
                picture.store(corrupted, image * size);
            }
        }
        return new Images(shape, corrupted, clean.labels());
    }

    private void requireUsable(ImageShape shape) {
        boolean grey = shape.channels() == 1;
        boolean colour = shape.channels() == 3;
        if (!(grey || colour) || Math.min(shape.height(), shape.width()) < SMALLEST_SIDE) {
            throw new IllegalArgumentException(publishedName() + " takes images of 1 or 3 channels and at least "
                    + SMALLEST_SIDE + " x " + SMALLEST_SIDE + " pixels, not " + shape.channels() + " x "
                    + shape.height() + " x " + shape.width());
        }
    }

    private static String names() {
        return Arrays.stream(values()).map(Corruption::publishedName).collect(Collectors.joining(", "));
    }
}
