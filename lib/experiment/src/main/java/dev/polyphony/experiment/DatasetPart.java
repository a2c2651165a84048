package dev.polyphony.experiment;

/**
 * Which images are learned from.
 *
 * @param name a name in the catalogue of data sets, such as {@code fashion-mnist-small}
 * @param augmentation what happens to each training image each time it is drawn
 * @param trainSamples how many training images are used, from the first on; 0 means all
 */
public record DatasetPart(String name, Augmentation augmentation, int trainSamples) {

    /** Augmentation of training images, as the reference code does it for CIFAR. */
    public enum Augmentation {
        /** The image as it is. */
        NONE,
        /** Zero-pad by 4, or as the data set says, crop at random to the original size, mirror with probability one half. */
        CROP_FLIP
    }
}
