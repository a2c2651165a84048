/** Tests. */
@NullMarked
package dev.polyphony.distillation;

import org.jspecify.annotations.NullMarked;
