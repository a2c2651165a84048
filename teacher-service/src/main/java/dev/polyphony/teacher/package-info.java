/** Trains ensemble members, and adds their logits to every minibatch. */
@NullMarked
package dev.polyphony.teacher;

import org.jspecify.annotations.NullMarked;
