package dev.polyphony.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * A property of damaged inputs: the same ones in every run, as many as {@code jqwik.tries.default} says. A longer run
 * begins with those of a shorter one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Property(seed = "20260827", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
@StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
public @interface Fuzz {}
