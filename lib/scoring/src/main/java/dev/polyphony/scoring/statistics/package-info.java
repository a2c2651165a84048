/** Curves, boxes, histograms and summaries of plain numbers; nothing here knows what the numbers mean. */
@NullMarked
package dev.polyphony.scoring.statistics;

import org.jspecify.annotations.NullMarked;
