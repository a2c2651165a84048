package dev.polyphony.figures;

import org.jfree.chart.renderer.xy.DeviationRenderer;

/** Lines in the style of their series, a band around each where the data has one, and a marker every few points. */
final class Curves extends DeviationRenderer {

    private static final int MARKERS = 8;

    private final int points;

    /** Curves whose longest has so many points. */
    Curves(int series, int points) {
        super(true, true);
        this.points = points;
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
        int every = Math.max(1, points / MARKERS);
        return item % every == (every / 2 + series * Math.max(1, every / 3)) % every;
    }
}
