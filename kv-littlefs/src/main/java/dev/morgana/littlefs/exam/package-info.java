/**
 * What can be told of an image beyond what a mount needs: how much of a damaged one can be read, what its logs still hold of
 * the past, whether its writer was another one. Source: {@code docs/formats/littlefs.md}, sections 5.5, 10 and 13.4.
 */
@NullMarked
package dev.morgana.littlefs.exam;

import org.jspecify.annotations.NullMarked;
