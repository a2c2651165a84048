/** Takes in ensembles that were trained elsewhere. */
@NullMarked
package dev.polyphony.launcher.imports;

import org.jspecify.annotations.NullMarked;
