/** What the paper's figures 3 to 6 show of a finished run, measured once (paper, secs. 5.2 and 5.3). */
@NullMarked
package dev.polyphony.evaluator.analysis;

import org.jspecify.annotations.NullMarked;
