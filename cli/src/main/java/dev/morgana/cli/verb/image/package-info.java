/** Verbs that tell what is installed and what an image is, and make images. */
@NullMarked
package dev.morgana.cli.verb.image;

import org.jspecify.annotations.NullMarked;
