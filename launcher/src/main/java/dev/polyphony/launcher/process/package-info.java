/** Child processes: their command lines, their output, their supervision. Knows nothing of Polyphony's services. */
@NullMarked
package dev.polyphony.launcher.process;

import org.jspecify.annotations.NullMarked;
