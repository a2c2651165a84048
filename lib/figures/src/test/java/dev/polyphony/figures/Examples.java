package dev.polyphony.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Figures of made-up data of realistic size and shape; {@link #main} writes them to look at. */
final class Examples {

    static final List<String> METHODS = List.of("DE-4", "BE-4", "+ KD", "+ Gaussian", "+ ODS", "+ ConfODS");

    private Examples() {}

    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, Figure> figure : all().entrySet()) {
            figure.getValue().write(Path.of(arguments[0], figure.getKey()));
        }
    }

    static Map<String, Figure> all() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("diversity-teachers", diversityOfTeachers());
        figures.put("diversity-students", diversityOfStudents());
        figures.put("reliability", reliability());
        figures.put("corruption", corruption());
        figures.put("jacobian-roc", roc());
        figures.put("snr", snr());
        figures.put("entropy", entropy());
        figures.put("training", training());
        figures.put("images-rgb", images(3));
        figures.put("images-grey", images(1));
        return figures;
    }

    static DiversityPlot.Series diversity(String name, double level, double sharpness, int samples, int seed) {
        Random random = new Random(seed);
        double[] confidence = new double[samples];
        double[] divergence = new double[samples];
        for (int n = 0; n < samples; n++) {
            confidence[n] = 1 - 0.85 * Math.pow(random.nextDouble(), sharpness);
            divergence[n] = level * (1.05 - confidence[n]) * Math.exp(0.5 * random.nextGaussian());
        }
        return new DiversityPlot.Series(name, confidence, divergence);
    }

    static Figure diversityOfTeachers() {
        return DiversityPlot.of(
                List.of(
                        diversity("DE-4 train, clean", 0.4, 9, 4000, 1),
                        diversity("DE-4 train, Gaussian", 0.45, 8, 4000, 2),
                        diversity("DE-4 train, ODS", 2.2, 2, 4000, 3),
                        diversity("DE-4 test", 1.8, 4, 1000, 4)),
                10);
    }

    static Figure diversityOfStudents() {
        List<DiversityPlot.Series> series = new ArrayList<>();
        for (int m = 0; m < METHODS.size(); m++) {
            series.add(diversity(METHODS.get(m) + " test", 0.3 + 0.4 * m, 3, 1000, m));
        }
        return DiversityPlot.of(series, 10);
    }

    static ReliabilityDiagram.Panel reliability(String title, double overconfidence) {
        List<ReliabilityDiagram.Bin> bins = new ArrayList<>();
        for (int b = 0; b < 15; b++) {
            double confidence = (b + 0.5) / 15;
            long count = b < 2 ? 0 : Math.round(12 * Math.exp(0.42 * b));
            double accuracy = Math.max(0, confidence - overconfidence * confidence * (1 - confidence) * 4);
            bins.add(
                    count == 0
                            ? new ReliabilityDiagram.Bin(0, 0, 0)
                            : new ReliabilityDiagram.Bin(count, confidence, accuracy));
        }
        return new ReliabilityDiagram.Panel(title, bins);
    }

    static Figure reliability() {
        return ReliabilityDiagram.of(
                List.of(reliability("before scaling (T = 1)", 0.18), reliability("after scaling (T = 1.73)", -0.03)));
    }

    static Figure corruption() {
        Random random = new Random(5);
        List<CorruptionBoxes.Method> methods = new ArrayList<>();
        for (int m = 0; m < METHODS.size(); m++) {
            double[][] nll = new double[5][15];
            double[][] ece = new double[5][15];
            for (int s = 0; s < 5; s++) {
                for (int c = 0; c < 15; c++) {
                    double hardness = (s + 1) * Math.exp(0.6 * random.nextGaussian());
                    nll[s][c] = 0.25 + (0.30 - 0.02 * m) * hardness;
                    ece[s][c] = Math.min(0.9, 0.01 + (0.05 - 0.004 * m) * hardness);
                }
            }
            methods.add(new CorruptionBoxes.Method(METHODS.get(m), nll, ece));
        }
        return CorruptionBoxes.of(methods);
    }

    static RocCurves.Curve roc(String name, double power) {
        double[] x = new double[200];
        double[] y = new double[200];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 199.0;
            y[i] = Math.pow(x[i], power);
        }
        return new RocCurves.Curve(name, x, y);
    }

    static Figure roc() {
        return RocCurves.of(
                List.of(roc("KD", 0.75), roc("KD + Gaussian", 0.72), roc("KD + ODS", 0.4), roc("KD + ConfODS", 0.36)));
    }

    static Histogram.Series normal(String name, double mean, double deviation, int samples) {
        return new Histogram.Series(
                name,
                new Random(samples)
                        .doubles(samples)
                        .map(u -> mean + deviation * Math.log(u / (1 - u)))
                        .toArray());
    }

    static Figure snr() {
        return Histogram.of(
                "signal-to-noise ratio of the gradient (dB)",
                List.of(normal("Gaussian", -14, 1.2, 3000), normal("ODS", -9, 1.5, 3001)),
                40);
    }

    static Figure entropy() {
        return Histogram.of(
                "entropy of the prediction (nats)",
                List.of(
                        new Histogram.Series(
                                "in distribution (Fashion-MNIST)",
                                new Random(1)
                                        .doubles(5000)
                                        .map(u -> 2.3 * u * u * u)
                                        .toArray()),
                        new Histogram.Series(
                                "out of distribution (rotated by 90°)",
                                new Random(2)
                                        .doubles(5000)
                                        .map(u -> 2.3 * Math.sqrt(u))
                                        .toArray())),
                30);
    }

    static TrainingCurves.Curve training(String name, double start, double end, double noise, int runs) {
        double[][] values = new double[runs][60];
        for (int r = 0; r < runs; r++) {
            Random random = new Random(r + 10);
            double offset = 1 + 0.4 * noise * random.nextGaussian();
            for (int e = 0; e < 60; e++) {
                values[r][e] = (end + (start - end) * Math.exp(-e / 12.0)) * (offset + noise * random.nextGaussian());
            }
        }
        return new TrainingCurves.Curve(name, values);
    }

    static Figure training() {
        return TrainingCurves.of(List.of(
                new TrainingCurves.Panel(
                        "cross-entropy (nats)",
                        true,
                        List.of(
                                training("KD", 2.2, 0.01, 0.12, 3),
                                training("KD + Gaussian", 2.25, 0.012, 0.12, 3),
                                training("KD + ODS", 2.3, 0.06, 0.12, 3))),
                new TrainingCurves.Panel(
                        "divergence from the teachers (nats)",
                        true,
                        List.of(
                                training("KD", 1.2, 0.004, 0.12, 3),
                                training("KD + Gaussian", 1.25, 0.005, 0.12, 3),
                                training("KD + ODS", 1.9, 0.2, 0.08, 3))),
                new TrainingCurves.Panel(
                        "validation accuracy (%)",
                        false,
                        List.of(
                                training("KD", 40, 91.2, 0.004, 3),
                                training("KD + Gaussian", 40, 91.5, 0.004, 3),
                                training("KD + ODS", 38, 92.4, 0.004, 3)))));
    }

    static ImageStrip.Column image(String title, int channels, int index) {
        int side = channels == 1 ? 28 : 32;
        Random random = new Random(index);
        double[] clean = new double[channels * side * side];
        double[] perturbed = new double[clean.length];
        for (int i = 0; i < clean.length; i++) {
            int x = i % side;
            int y = i / side % side;
            int c = i / (side * side);
            double r = Math.hypot(x - side / 2.0 + index, y - side / 2.0);
            clean[i] = r < side / 3.0 ? 0.9 - 0.25 * c - 0.02 * r : 0.1 + 0.2 * c;
            double difference = 8 / 255.0 * Math.sin(0.7 * x + 0.3 * y * (index + 1) + c + random.nextGaussian());
            perturbed[i] = Math.min(1, Math.max(0, clean[i] + difference));
        }
        return new ImageStrip.Column(title, channels, side, side, clean, perturbed);
    }

    static Figure images(int channels) {
        List<ImageStrip.Column> columns = new ArrayList<>();
        List<String> names = List.of("Gaussian", "ODS", "ConfODS", "adversarial", "ODS, external teacher", "none");
        for (int i = 0; i < names.size(); i++) {
            columns.add(image(names.get(i), channels, i));
        }
        return ImageStrip.of(columns, 8);
    }
}
