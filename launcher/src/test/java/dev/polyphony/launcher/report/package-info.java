@NullMarked
package dev.polyphony.launcher.report;

import org.jspecify.annotations.NullMarked;
