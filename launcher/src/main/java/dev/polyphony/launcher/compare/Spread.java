package dev.polyphony.launcher.compare;

import java.util.List;
import java.util.Locale;

/**
 * A metric over seeds.
 *
 * @param seeds how many values, at least 1
 * @param mean of them
 * @param deviation sample standard deviation (divided by n - 1); NaN for a single value
 */
record Spread(int seeds, double mean, double deviation) {

    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(
                values.size(), mean, values.size() == 1 ? Double.NaN : Math.sqrt(squares / (values.size() - 1)));
    }

    /** Mean, and the deviation if there is one. */
    String text(String format) {
        String text = String.format(Locale.ROOT, format, mean);
        return Double.isNaN(deviation) ? text : text + " \u00b1 " + String.format(Locale.ROOT, format, deviation);
    }
}
