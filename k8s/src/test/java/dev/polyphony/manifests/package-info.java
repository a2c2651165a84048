/** What is asked of the manifests, and what shows that asking finds mistakes. */
@NullMarked
package dev.polyphony.manifests;

import org.jspecify.annotations.NullMarked;
