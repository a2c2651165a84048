package dev.polyphony.launcher.figures;

import dev.polyphony.launcher.report.Shift;
import org.jspecify.annotations.Nullable;

/**
 * A run with what has been measured of it for figures.
 *
 * @param run the run
 * @param analysis of its student
 * @param shift its student on other images than those it knows; null if its recipe asks for none
 * @param teachersShift the same of its ensemble
 */
record MeasuredRun(
        FinishedRun run,
        Analysis analysis,
        @Nullable Shift shift,
        @Nullable Shift teachersShift) {}
