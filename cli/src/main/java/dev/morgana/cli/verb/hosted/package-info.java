/** Verbs that other modules bring, as verbs like any other. */
@NullMarked
package dev.morgana.cli.verb.hosted;

import org.jspecify.annotations.NullMarked;
