package dev.polyphony.launcher.figures;

import dev.polyphony.figures.Figure;
import dev.polyphony.launcher.LauncherMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Figures that belong together, such as those of one run, and why some are left out. */
final class FigureSection {

    private final String title;
    private final String note;
    private final String directory;
    private final List<NamedFigure> figures = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * No figures yet.
     *
     * @param note what a reader should know of all of them
     * @param directory where they are written, as a name below that of all figures; empty for that itself
     */
    FigureSection(String title, String note, String directory) {
        this.title = title;
        this.note = note;
        this.directory = directory;
    }

    /**
     * Adds a figure.
     *
     * @param file its name without ending
     * @param text what it shows, in a sentence or two
     * @throws LauncherMistake if the numbers are such that it cannot be drawn
     */
    void draw(String file, String text, Supplier<Figure> figure) {
        try {
            figures.add(new NamedFigure(file, text, figure.get()));
        } catch (IllegalArgumentException impossible) {
            throw new LauncherMistake("the figure " + file + " of " + title
                    + " cannot be drawn from the numbers in the store: " + impossible.getMessage());
        }
    }

    /** Says that a figure is not there, and why. */
    void leaveOut(String what, String why) {
        leftOut.add(what + ": " + why);
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    String directory() {
        return directory;
    }

    List<NamedFigure> figures() {
        return List.copyOf(figures);
    }

    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /**
     * A figure of the section.
     *
     * @param file its name without ending
     * @param text what it shows
     * @param figure it
     */
    record NamedFigure(String file, String text, Figure figure) {}
}
