package dev.polyphony.experiment;

import java.util.List;

/**
 * What a network is fed: images with pixels in [0, 1], which it normalises itself, so that input gradients are taken
 * with respect to the raw pixels.
 *
 * @param channels C
 * @param height H in pixels
 * @param width W in pixels
 * @param classes K
 * @param mean per channel, in pixel units
 * @param standardDeviation per channel, in pixel units, above 0
 */
public record ImageInput(
        int channels, int height, int width, int classes, List<Float> mean, List<Float> standardDeviation) {

    public ImageInput {
        mean = List.copyOf(mean);
        standardDeviation = List.copyOf(standardDeviation);
        if (channels < 1 || height < 1 || width < 1 || classes < 2) {
            throw new IllegalArgumentException("an input has at least 1 channel, 1 pixel and 2 classes: " + channels
                    + " x " + height + " x " + width + ", " + classes + " classes");
        }
        if (mean.size() != channels || standardDeviation.size() != channels) {
            throw new IllegalArgumentException("mean and standard deviation need one number for each of the " + channels
                    + " channels, got " + mean.size() + " and " + standardDeviation.size());
        }
    }
}
