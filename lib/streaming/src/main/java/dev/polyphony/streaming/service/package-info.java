/** What every service process is made of: properties, the thread that works, health, progress and the way it ends. */
@NullMarked
package dev.polyphony.streaming.service;

import org.jspecify.annotations.NullMarked;
