/** What an experiment is: recipes, the identities they determine, and all randomness as a function of seed and step. */
@NullMarked
package dev.polyphony.experiment;

import org.jspecify.annotations.NullMarked;
