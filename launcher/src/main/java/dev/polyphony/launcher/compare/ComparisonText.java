package dev.polyphony.launcher.compare;

import dev.polyphony.launcher.compare.Comparison.Row;
import dev.polyphony.launcher.text.TextTable;
import dev.polyphony.scoring.statistics.SampleSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A comparison as text: for a terminal, Markdown, CSV and HTML. */
final class ComparisonText {

    private static final String NONE = "-";

    private final Comparison comparison;

    ComparisonText(Comparison comparison) {
        this.comparison = comparison;
    }

    /** For a terminal; the best student of each column has a star. */
    String terminal() {
        List<String> heads = new ArrayList<>(List.of(""));
        for (Metric metric : Metric.values()) {
            heads.add(metric.heading());
        }
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (Row row : comparison.rows()) {
            table.row(cells(row, row.name(), "", "*").toArray(String[]::new));
        }
        return table.toString();
    }

    /** A Markdown table; the best student of each column is bold. */
    String markdown() {
        StringBuilder text = new StringBuilder("| |");
        for (Metric metric : Metric.values()) {
            text.append(' ').append(metric.heading()).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Metric.values().length)).append('\n');
        for (Row row : comparison.rows()) {
            text.append("| ")
                    .append(String.join(" | ", cells(row, row.name().replace("|", "\\|"), "**", "**")))
                    .append(" |\n");
        }
        return text.toString();
    }

    /** One HTML table; the best student of each column is bold. */
    String html() {
        StringBuilder text = new StringBuilder("<table>\n<tr><th></th>");
        for (Metric metric : Metric.values()) {
            text.append("<th>").append(metric.heading()).append("</th>");
        }
        text.append("</tr>\n");
        for (Row row : comparison.rows()) {
            List<String> cells = cells(row, escape(row.name()), "<b>", "</b>");
            text.append("<tr><th>").append(cells.get(0)).append("</th><td>");
            text.append(String.join("</td><td>", cells.subList(1, cells.size())))
                    .append("</td></tr>\n");
        }
        return text.append("</table>\n").toString();
    }

    /** One line for each model and metric: model, metric, seeds, mean, standard deviation, in full precision. */
    String csv() {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("model", "split", "metric", "seeds", "mean", "standard_deviation")
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (Row row : comparison.rows()) {
                for (Metric metric : Metric.values()) {
                    SampleSummary value = row.values().get(metric);
                    if (value != null) {
                        printer.printRecord(
                                row.name(),
                                comparison.split(),
                                metric.heading(),
                                value.count(),
                                value.mean(),
                                value.standardDeviation().isPresent()
                                        ? value.standardDeviation().getAsDouble()
                                        : "");
                    }
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail", impossible);
        }
        return text.toString();
    }

    private List<String> cells(Row row, String name, String open, String close) {
        Set<Metric> best = comparison.best(row);
        List<String> cells = new ArrayList<>(List.of(name));
        for (Metric metric : Metric.values()) {
            SampleSummary value = row.values().get(metric);
            String text = value == null ? NONE : text(value, metric.format());
            cells.add(best.contains(metric) ? open + text + close : text);
        }
        return cells;
    }

    private static String text(SampleSummary value, String format) {
        String mean = String.format(Locale.ROOT, format, value.mean());
        return value.standardDeviation().isPresent()
                ? mean + " \u00b1 "
                        + String.format(
                                Locale.ROOT, format, value.standardDeviation().getAsDouble())
                : mean;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
