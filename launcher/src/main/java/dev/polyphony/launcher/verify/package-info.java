/** The ledger: proves from the log and the checkpoints that every step was made once and applied once. */
@NullMarked
package dev.polyphony.launcher.verify;

import org.jspecify.annotations.NullMarked;
