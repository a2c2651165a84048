/** Records that could not be read: shown, and made up for. */
@NullMarked
package dev.polyphony.launcher.deadletters;

import org.jspecify.annotations.NullMarked;
