package dev.polyphony.datasets;

import java.util.List;
import java.util.SortedMap;

/** A data set. */
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
        SortedMap<String, String> checksums) {}
