package dev.polyphony.launcher.report;

import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.launcher.text.TextTable;
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

    public ResultTable {
        rows = List.copyOf(rows);
    }

    /** Without an ensemble the student stands alone. */
    static ResultTable of(@Nullable Split ensemble, Split student) {
        List<Row> rows = new ArrayList<>();
        if (ensemble != null) {
            add(rows, "teacher ensemble", "member", ensemble);
        }
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

    /** The table for a terminal, lines ended. */
    public String text() {
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(HEADINGS);
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.whole() ? row.name() : "  " + row.name()));
            cells.addAll(row.cells());
            table.row(cells.toArray(String[]::new));
        }
        return table.toString();
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
