package dev.polyphony.datasets;

import dev.polyphony.experiment.ImageInput;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set in memory, split.
 *
 * @param name in the catalogue
 * @param shape of every image
 * @param classes K
 * @param classNames one for each class, by label
 * @param train what networks learn from
 * @param validation what settings and temperatures are chosen by
 * @param test what is reported
 * @param mean per channel of the training images, in pixel units (pixels in [0, 1])
 * @param std per channel, in pixel units
 * @param cropPadding black pixels on each side of a training image before it is cropped at random
 * @param checksums SHA-256 of each file that was read, by its name; they name the data in an experiment's identity
 */
public record Dataset(
        String name,
        ImageShape shape,
        int classes,
        List<String> classNames,
        Images train,
        Images validation,
        Images test,
        List<Float> mean,
        List<Float> std,
        int cropPadding,
        SortedMap<String, String> checksums) {

    public Dataset {
        classNames = List.copyOf(classNames);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
        if (classNames.size() != classes) {
            throw new IllegalArgumentException(classNames.size() + " names for " + classes + " classes");
        }
        if (mean.size() != shape.channels() || std.size() != shape.channels()) {
            throw new IllegalArgumentException(
                    "mean and standard deviation need one number for each of the " + shape.channels() + " channels");
        }
        if (cropPadding < 0) {
            throw new IllegalArgumentException("images cannot be padded by " + cropPadding + " pixels");
        }
        for (Images split : List.of(train, validation, test)) {
            if (!split.shape().equals(shape)) {
                throw new IllegalArgumentException("images of " + split.shape() + " in a data set of " + shape);
            }
        }
    }

    /** What networks are fed. */
    public ImageInput input() {
        return new ImageInput(shape.channels(), shape.height(), shape.width(), classes, mean, std);
    }

    /** The same data set with other training images. */
    Dataset withTrain(Images images) {
        return new Dataset(
                name, shape, classes, classNames, images, validation, test, mean, std, cropPadding, checksums);
    }
}
