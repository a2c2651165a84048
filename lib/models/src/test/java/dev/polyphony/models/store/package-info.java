@NullMarked
package dev.polyphony.models.store;

import org.jspecify.annotations.NullMarked;
