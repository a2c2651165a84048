/** Scores of ensembles and students on images unlike those that they were trained on (paper, appendix A.1). */
@NullMarked
package dev.polyphony.evaluator.shift;

import org.jspecify.annotations.NullMarked;
