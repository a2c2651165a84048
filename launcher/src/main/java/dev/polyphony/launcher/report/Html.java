package dev.polyphony.launcher.report;

import java.util.List;

/** Builds HTML; every text that is put into it is escaped. */
final class Html {

    private final StringBuilder html = new StringBuilder();

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Markup as it is. */
    Html raw(String markup) {
        html.append(markup);
        return this;
    }

    /** An element that holds a text. */
    Html element(String tag, String text) {
        return element(tag, "", text);
    }

    /** An element of a class that holds a text. */
    Html element(String tag, String cssClass, String text) {
        open(tag, cssClass);
        html.append(escape(text));
        return close(tag);
    }

    Html open(String tag, String cssClass) {
        html.append('<').append(tag);
        if (!cssClass.isEmpty()) {
            html.append(" class=\"").append(escape(cssClass)).append('"');
        }
        html.append('>');
        return this;
    }

    Html close(String tag) {
        html.append("</").append(tag).append(">\n");
        return this;
    }

    /** A picture, described for those who cannot see it. */
    Html picture(String source, String description) {
        html.append("<img src=\"")
                .append(escape(source))
                .append("\" alt=\"")
                .append(escape(description))
                .append("\">");
        return this;
    }

    /** A row of a table. */
    Html row(String cssClass, String tag, List<String> cells) {
        open("tr", cssClass);
        cells.forEach(cell -> element(tag, cell));
        return close("tr");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
