package dev.polyphony.datasets.corruptions;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * One corruption at one severity, made for images of one shape. It may keep scratch memory and native resources, so it
 * belongs to one thread and is closed; but nothing of one image may be felt by the next.
 */
@FunctionalInterface
interface Effect extends AutoCloseable {

    /**
     * Corrupts an image in place. Values may leave [0, 1]; whoever stores them clips.
     *
     * @param random of this image alone
     */
    void apply(Picture picture, UniformRandomProvider random);

    @Override
    default void close() {}
}
