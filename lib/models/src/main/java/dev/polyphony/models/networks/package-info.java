/** The networks of the paper: ResNet-6n+2, WRN-28xk, their BatchEnsemble and MIMO forms. */
@NullMarked
package dev.polyphony.models.networks;

import org.jspecify.annotations.NullMarked;
