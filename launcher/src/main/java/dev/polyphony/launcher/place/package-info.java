/** How launchers share a work directory: who has the broker, who is attached to it, and who works on what. */
@NullMarked
package dev.polyphony.launcher.place;

import org.jspecify.annotations.NullMarked;
