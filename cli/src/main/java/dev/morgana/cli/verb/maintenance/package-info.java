/** Verbs that examine an image as a whole, and change how it is laid out. */
@NullMarked
package dev.morgana.cli.verb.maintenance;

import org.jspecify.annotations.NullMarked;
