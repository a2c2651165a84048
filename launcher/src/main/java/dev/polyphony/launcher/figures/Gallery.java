package dev.polyphony.launcher.figures;

import dev.polyphony.launcher.figures.FigureSection.NamedFigure;
import dev.polyphony.launcher.report.Html;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Figures in a directory, with a page that shows them.
 *
 * @param sections those across runs first
 */
record Gallery(List<FigureSection> sections) {

    static final String PAGE = "index.html";

    Gallery {
        sections = List.copyOf(sections);
    }

    int count() {
        return sections.stream().mapToInt(section -> section.figures().size()).sum();
    }

    /** Writes all figures, and then the page; returns where that is. */
    Path write(Path directory) {
        Path page = directory.resolve(PAGE);
        Path unfinished = directory.resolve("." + PAGE + ".part");
        try {
            for (FigureSection section : sections) {
                for (NamedFigure figure : section.figures()) {
                    figure.figure().write(directory.resolve(section.directory()).resolve(figure.file()));
                }
            }
            Files.createDirectories(directory);
            Files.writeString(unfinished, html());
            return Files.move(unfinished, page, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write figures into " + directory + ": " + e.getMessage(), e);
        }
    }

    private String html() {
        Html html = new Html().page("Figures", "");
        sections.forEach(section -> add(html, section));
        return html.raw("</body>\n</html>\n").toString();
    }

    private static void add(Html html, FigureSection section) {
        html.open("section", "").element("h2", section.title());
        if (!section.note().isEmpty()) {
            html.element("p", "note", section.note());
        }
        for (NamedFigure figure : section.figures()) {
            String file = (section.directory().isEmpty() ? "" : section.directory() + "/") + figure.file();
            html.open("figure", "picture").picture(file + ".png", figure.text());
            html.open("figcaption", "")
                    .raw(Html.escape(figure.text()) + " ")
                    .link(file + ".png", "PNG")
                    .raw(" ")
                    .link(file + ".svg", "SVG")
                    .close("figcaption")
                    .close("figure");
        }
        for (String reason : section.leftOut()) {
            html.element("p", "note", "Left out: " + reason + ".");
        }
        html.close("section");
    }
}
