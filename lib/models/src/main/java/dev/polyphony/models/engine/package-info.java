/** Everything that needs the PyTorch engine's own classes; the rest of the house knows the DJL api alone. */
@NullMarked
package dev.polyphony.models.engine;

import org.jspecify.annotations.NullMarked;
