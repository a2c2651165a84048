@NullMarked
package dev.polyphony.perturb;

import org.jspecify.annotations.NullMarked;
