@NullMarked
package dev.polyphony.launcher.broker;

import org.jspecify.annotations.NullMarked;
