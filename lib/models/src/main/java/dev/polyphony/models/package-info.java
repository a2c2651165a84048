/** Networks as pure functions of their weights, the files that hold weights, and the store that holds the files. */
@NullMarked
package dev.polyphony.models;

import org.jspecify.annotations.NullMarked;
