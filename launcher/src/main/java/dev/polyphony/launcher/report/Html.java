package dev.polyphony.launcher.report;

import java.util.List;

/** Builds HTML; every text that is put into it is escaped. */
public final class Html {

    private final StringBuilder html = new StringBuilder();

    /** A text as it may stand in markup. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The beginning of a page, up to where its content begins; {@code style} is added to that of all pages. */
    public Html page(String title, String style) {
        return raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<title>" + escape(title) + " · Polyphony</title>\n<style>\n")
                .raw(Library.own("report.css"))
                .raw(style)
                .raw("</style>\n</head>\n<body>\n<header>\n")
                .element("h1", "Polyphony")
                .element("p", "headline", title)
                .raw("</header>\n");
    }

    /** Markup as it is. */
    public Html raw(String markup) {
        html.append(markup);
        return this;
    }

    /** An element that holds a text. */
    public Html element(String tag, String text) {
        return element(tag, "", text);
    }

    /** An element of a class that holds a text. */
    public Html element(String tag, String cssClass, String text) {
        open(tag, cssClass);
        html.append(escape(text));
        return close(tag);
    }

    /** The beginning of an element; no class if that is empty. */
    public Html open(String tag, String cssClass) {
        html.append('<').append(tag);
        if (!cssClass.isEmpty()) {
            html.append(" class=\"").append(escape(cssClass)).append('"');
        }
        html.append('>');
        return this;
    }

    /** The end of an element. */
    public Html close(String tag) {
        html.append("</").append(tag).append(">\n");
        return this;
    }

    /** A picture, described for those who cannot see it. */
    public Html picture(String source, String description) {
        html.append("<img src=\"")
                .append(escape(source))
                .append("\" alt=\"")
                .append(escape(description))
                .append("\">");
        return this;
    }

    /** A link with its text. */
    public Html link(String target, String text) {
        html.append("<a href=\"")
                .append(escape(target))
                .append("\">")
                .append(escape(text))
                .append("</a>");
        return this;
    }

    /** A row of a table. */
    public Html row(String cssClass, String tag, List<String> cells) {
        open("tr", cssClass);
        cells.forEach(cell -> element(tag, cell));
        return close("tr");
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
