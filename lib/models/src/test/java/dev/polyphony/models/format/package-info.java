@NullMarked
package dev.polyphony.models.format;

import org.jspecify.annotations.NullMarked;
