/** Tests. */
@NullMarked
package dev.polyphony.distillation.jacobians;

import org.jspecify.annotations.NullMarked;
