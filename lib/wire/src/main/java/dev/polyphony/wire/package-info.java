/**
 * The messages between the services: records with strict constructors, and their bytes. The format is described in
 * docs/wire-format.md and frozen by the golden files of the tests.
 */
@NullMarked
package dev.polyphony.wire;

import org.jspecify.annotations.NullMarked;
