package dev.polyphony.models;

/** What a module made elsewhere takes for an image. */
public enum InputRange {
    /** Pixels in [0, 1]. */
    PIXELS,
    /** Pixels in [0, 1] minus the data set's mean, divided by its standard deviation, by channel. */
    NORMALISED
}
