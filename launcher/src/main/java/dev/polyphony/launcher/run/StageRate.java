package dev.polyphony.launcher.run;

/**
 * How fast a stage was.
 *
 * @param stage its name
 * @param images images that its last process did
 * @param seconds the time it took, waiting included
 * @param imagesPerSecond their ratio
 */
public record StageRate(String stage, long images, double seconds, double imagesPerSecond) {}
