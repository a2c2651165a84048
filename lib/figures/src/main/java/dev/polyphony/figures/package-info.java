/** The paper's figures as PNG and SVG, from plain doubles; one style, on any machine that has a Java runtime. */
@NullMarked
package dev.polyphony.figures;

import org.jspecify.annotations.NullMarked;
