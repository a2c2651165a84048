@NullMarked
package dev.polyphony.models;

import org.jspecify.annotations.NullMarked;
