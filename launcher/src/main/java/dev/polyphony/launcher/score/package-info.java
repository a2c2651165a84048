/** The metrics of predictions that lie in a file, whoever made them. */
@NullMarked
package dev.polyphony.launcher.score;

import org.jspecify.annotations.NullMarked;
