@NullMarked
package dev.polyphony.models.engine;

import org.jspecify.annotations.NullMarked;
