/** Bytes: the safetensors format and files that appear whole or not at all. Knows no network. */
@NullMarked
package dev.polyphony.models.format;

import org.jspecify.annotations.NullMarked;
