package dev.polyphony.figures;

import java.util.function.IntBinaryOperator;
import org.jfree.chart.renderer.xy.DeviationRenderer;

/** Lines in the style of their series, a band around each where the data has one, and a marker every few points. */
final class Curves extends DeviationRenderer {

    private static final int MARKERS = 8;

    private final int length;
    private final IntBinaryOperator place;

    /** Curves whose longest has so many points, all as far from each other. */
    Curves(int series, int points) {
        this(series, points, (s, item) -> item);
    }

    /**
     * Curves whose points lie at different distances.
     *
     * @param length of the horizontal axis
     * @param place of a series' point on it, from 0 on, below the length
     */
    Curves(int series, int length, IntBinaryOperator place) {
        super(true, true);
        this.length = length;
        this.place = place;
        setAlpha(0.22f);
        setDrawSeriesLineAsPath(true);
        for (int s = 0; s < series; s++) {
            setSeriesPaint(s, Style.colour(s));
            setSeriesFillPaint(s, Style.colour(s));
            setSeriesStroke(s, Style.dash(s));
            setSeriesShape(s, Style.marker(s));
            setSeriesOutlinePaint(s, Style.colour(s));
            setSeriesOutlineStroke(s, Style.thin());
        }
    }

    /** Markers of different series stand at different places, so that equal curves still show both. */
    @Override
    public boolean getItemShapeVisible(int series, int item) {
        return length <= MARKERS || interval(series, item) != (item == 0 ? 0 : interval(series, item - 1));
    }

    /** Which of the equal intervals a point is in, whose borders each series has elsewhere. */
    private int interval(int series, int item) {
        double shift = (0.5 + series / 3.0) % 1;
        return (int) ((double) place.applyAsInt(series, item) / length * MARKERS + shift);
    }
}
