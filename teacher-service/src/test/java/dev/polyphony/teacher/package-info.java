@NullMarked
package dev.polyphony.teacher;

import org.jspecify.annotations.NullMarked;
