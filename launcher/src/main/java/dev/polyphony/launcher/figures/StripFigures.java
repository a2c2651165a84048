package dev.polyphony.launcher.figures;

import dev.polyphony.experiment.StreamPart.Perturbation;
import dev.polyphony.figures.ImageStrip;
import dev.polyphony.figures.ImageStrip.Column;
import dev.polyphony.launcher.report.StreamSamples;
import dev.polyphony.launcher.report.StreamSamples.Sample;
import java.util.ArrayList;
import java.util.List;

/** Images of a stream, clean and perturbed, as a figure. */
final class StripFigures {

    private static final double FULL = 255;

    private StripFigures() {}

    /** @param classNames by label; those that are missing are called by their number */
    static void ofRun(MeasuredRun measured, StreamSamples samples, List<String> classNames, FigureSection section) {
        Perturbation perturbation = measured.run().recipe().stream().perturbation();
        section.draw(
                "images",
                "Images of the stream: clean, perturbed (" + Legend.of(perturbation)
                        + "), and the amplified difference, grey where nothing is changed.",
                () -> ImageStrip.of(columns(samples.images(), classNames), amplification(samples.images())));
    }

    private static List<Column> columns(List<Sample> images, List<String> classNames) {
        List<Column> columns = new ArrayList<>();
        for (Sample image : images) {
            double[] clean = new double[image.clean().length];
            double[] perturbed = new double[clean.length];
            if (image.perturbation().length != clean.length) {
                throw new IllegalArgumentException(
                        "an image has " + clean.length + " values, its perturbation " + image.perturbation().length);
            }
            for (int i = 0; i < clean.length; i++) {
                clean[i] = Byte.toUnsignedInt(image.clean()[i]) / FULL;
                perturbed[i] = Math.min(Math.max(clean[i] + image.perturbation()[i], 0), 1);
            }
            columns.add(new Column(
                    name(image.label(), classNames),
                    image.channels(),
                    image.height(),
                    image.width(),
                    clean,
                    perturbed));
        }
        return columns;
    }

    private static String name(int label, List<String> classNames) {
        return label >= 0 && label < classNames.size() ? Legend.fit(classNames.get(label)) : "class " + label;
    }

    /** As far as the largest change of a pixel still fits between black and white. */
    private static double amplification(List<Sample> images) {
        double largest = 0;
        for (Sample image : images) {
            for (float value : image.perturbation()) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest == 0 ? 1 : Math.max(1, Math.floor(0.5 / largest));
    }
}
