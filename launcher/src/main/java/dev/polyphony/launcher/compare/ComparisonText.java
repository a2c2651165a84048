package dev.polyphony.launcher.compare;

import dev.polyphony.launcher.compare.Comparison.Row;
import dev.polyphony.launcher.text.Spread;
import dev.polyphony.launcher.text.TextTable;
import dev.polyphony.scoring.statistics.SampleSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A comparison as text: for a terminal, Markdown and CSV, and the cells for a page. */
final class ComparisonText {

    private static final String NONE = "-";
    private static final String PARAMETERS = "#Params";

    private final Comparison comparison;

    ComparisonText(Comparison comparison) {
        this.comparison = comparison;
    }

    /** For a terminal; the best student of each column has a star. */
    String terminal() {
        TextTable table = new TextTable(headings().toArray(String[]::new));
        for (Row row : rows()) {
            table.row(cells(row, row.name(), "", "*").toArray(String[]::new));
        }
        return table + notes("*") + System.lineSeparator();
    }

    /** A Markdown table; the best student of each column is bold. */
    String markdown() {
        StringBuilder text = new StringBuilder("|")
                .append(String.join(" | ", headings()))
                .append(" |\n")
                .append("|---".repeat(headings().size()))
                .append("|\n");
        for (Row row : rows()) {
            text.append("| ")
                    .append(String.join(" | ", cells(row, row.name().replace("|", "\\|"), "**", "**")))
                    .append(" |\n");
        }
        return text.append('\n').append(notes("Bold")).append('\n').toString();
    }

    /**
     * What a reader of the table should know.
     *
     * @param mark of the best student
     */
    String notes(String mark) {
        String split = "Scores on the " + comparison.split() + " split";
        return (comparison.seeds() == 1
                        ? split + ", of one seed of each student. "
                        : split + "; \u00b1 is the sample standard deviation over " + comparison.seeds()
                                + " seeds of the student, with one ensemble and one stream. ")
                + mark + " marks the best mean among the students.";
    }

    /** The first is that of the names. */
    List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("", PARAMETERS));
        for (Metric metric : Metric.values()) {
            headings.add(metric.heading());
        }
        return headings;
    }

    List<Row> rows() {
        return comparison.rows();
    }

    /**
     * One for each heading.
     *
     * @param name as it is to be written
     * @param open stands before the best
     * @param close stands behind the best
     */
    List<String> cells(Row row, String name, String open, String close) {
        Set<Metric> best = comparison.best(row);
        Long parameters = row.parameters();
        List<String> cells = new ArrayList<>(List.of(name, parameters == null ? NONE : NetworkSize.text(parameters)));
        for (Metric metric : Metric.values()) {
            SampleSummary value = row.values().get(metric);
            String text = value == null ? NONE : Spread.text(value, metric.format());
            cells.add(best.contains(metric) ? open + text + close : text);
        }
        return cells;
    }

    /**
     * One line for each model and metric: model, split, metric, seeds, mean, standard deviation, in full precision. The
     * number of parameters does not depend on seeds.
     */
    String csv() {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("model", "split", "metric", "seeds", "mean", "standard_deviation")
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (Row row : comparison.rows()) {
                if (row.parameters() != null) {
                    printer.printRecord(row.name(), comparison.split(), "parameters", "", row.parameters(), "");
                }
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
}
