/** The main job: what a recipe still needs, and the processes that do it. */
@NullMarked
package dev.polyphony.launcher.run;

import org.jspecify.annotations.NullMarked;
