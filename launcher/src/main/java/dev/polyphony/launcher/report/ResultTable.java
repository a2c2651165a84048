package dev.polyphony.launcher.report;

import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.scoring.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a run side by side: ensemble, members, student, subnetworks.
 *
 * @param rows in that order
 */
public record ResultTable(List<Row> rows) {

    static final List<String> HEADINGS = List.of("accuracy", "NLL", "Brier", "ECE", "cNLL", "cECE", "DEE", "mean-KLD");
    private static final String NONE = "-";
    private static final int GAP = 2;

    public ResultTable {
        rows = List.copyOf(rows);
    }

    static ResultTable of(Split ensemble, Split student) {
        List<Row> rows = new ArrayList<>();
        add(rows, "teacher ensemble", "member", ensemble);
        add(rows, "student", "subnetwork", student);
        return new ResultTable(rows);
    }

    private static void add(List<Row> rows, String whole, String part, Split split) {
        rows.add(new Row(whole, true, cells(split.standard(), split.calibrated(), split.dee(), split.meanKld())));
        for (int m = 0; m < split.perMember().size(); m++) {
            Scores calibrated = split.perMemberCalibrated().isEmpty()
                    ? null
                    : split.perMemberCalibrated().get(m);
            rows.add(new Row(part + " " + m, false, cells(split.perMember().get(m), calibrated, null, null)));
        }
    }

    private static List<String> cells(
            Scores scores, @Nullable Scores calibrated, @Nullable Double dee, @Nullable Double meanKld) {
        return List.of(
                number("%.4f", scores.accuracy()),
                number("%.4f", scores.nll()),
                number("%.4f", scores.brier()),
                number("%.4f", scores.ece()),
                number("%.4f", calibrated == null ? null : calibrated.nll()),
                number("%.4f", calibrated == null ? null : calibrated.ece()),
                number("%.2f", dee),
                number("%.4f", meanKld));
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, format, value);
    }

    /** The table in aligned columns, one line a row, headings first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("", HEADINGS));
        rows.forEach(row -> lines.add(line(row.whole() ? row.name() : "  " + row.name(), row.cells())));
        return lines;
    }

    private String line(String name, List<String> cells) {
        int first = rows.stream().mapToInt(row -> row.name().length() + 2).max().orElse(0);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + Math.max(first, 1) + "s", name));
        for (int i = 0; i < cells.size(); i++) {
            int column = i;
            int width = Math.max(
                    HEADINGS.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.cells().get(column).length())
                            .max()
                            .orElse(0));
            line.append(" ".repeat(GAP + width - cells.get(i).length())).append(cells.get(i));
        }
        return line.toString();
    }

    /**
     * One line.
     *
     * @param name what is scored
     * @param whole whether it stands for all its members together
     * @param cells one for each heading, as text
     */
    public record Row(String name, boolean whole, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }
}
