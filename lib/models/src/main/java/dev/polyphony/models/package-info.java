/** What a network is: a pure function of its weights; ensembles of them, and what they predict. */
@NullMarked
package dev.polyphony.models;

import org.jspecify.annotations.NullMarked;
