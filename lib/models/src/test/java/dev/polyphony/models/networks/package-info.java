@NullMarked
package dev.polyphony.models.networks;

import org.jspecify.annotations.NullMarked;
