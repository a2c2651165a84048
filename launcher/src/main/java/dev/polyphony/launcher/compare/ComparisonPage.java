package dev.polyphony.launcher.compare;

import dev.polyphony.launcher.compare.Comparison.Row;
import dev.polyphony.launcher.report.Html;
import org.jspecify.annotations.Nullable;

/** A comparison as a page of its own; the best student of each column is bold. */
final class ComparisonPage {

    /** The table is wide, and a mean is not to be parted from its deviation. */
    private static final String STYLE =
            "body { max-width: none; }\n.scores { width: auto; }\n.scores th, .scores td { white-space: nowrap; }\n";

    private final ComparisonText text;

    ComparisonPage(ComparisonText text) {
        this.text = text;
    }

    /** @param figures the page of the figures, seen from this one; null if there is none */
    String toHtml(@Nullable String figures) {
        Html html = new Html().page("Comparison", STYLE);
        table(html);
        html.element("p", "note", text.notes("Bold"));
        if (figures != null) {
            html.open("p", "").link(figures, "Figures").close("p");
        }
        return html.raw("</body>\n</html>\n").toString();
    }

    private void table(Html html) {
        html.open("table", "scores")
                .raw("<thead>")
                .row("", "th", text.headings())
                .raw("</thead><tbody>\n");
        for (Row row : text.rows()) {
            html.open("tr", "");
            for (String cell : text.cells(row, Html.escape(row.name()), "<b>", "</b>")) {
                html.raw("<td>" + cell + "</td>");
            }
            html.close("tr");
        }
        html.raw("</tbody>").close("table");
    }
}
