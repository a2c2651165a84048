package dev.polyphony.launcher.text;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: the first column flush left, the others flush right, two spaces between. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column heads. */
    public TextTable(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row with as many cells as there are heads. */
    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** All lines, each ended. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String gap = " ".repeat(width(column) - cell.length());
                line.append(column == 0 ? cell + gap : "  " + gap + cell);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
