/** What a finished run looks like: a table for the terminal and one HTML file that needs nothing else. */
@NullMarked
package dev.polyphony.launcher.report;

import org.jspecify.annotations.NullMarked;
