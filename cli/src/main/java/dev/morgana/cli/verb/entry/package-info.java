/** Verbs that work on entries within images. */
@NullMarked
package dev.morgana.cli.verb.entry;

import org.jspecify.annotations.NullMarked;
