/** What distillation does to Jacobians, measured on networks (paper, secs. 3.2 and 5.3). */
@NullMarked
package dev.polyphony.distillation.jacobians;

import org.jspecify.annotations.NullMarked;
