@NullMarked
package dev.polyphony.student;

import org.jspecify.annotations.NullMarked;
