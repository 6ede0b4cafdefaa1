/**
 * Reads that fail: a device answers some or all reads with an input error, and everything else works. Such an error tells
 * nothing of what is on the medium, so a store that takes it for damage, or for an empty place, destroys what it could not
 * read. {@link dev.morgana.tck.readerror.ReadErrors} fails each read of whatever a store does, and looks what is left.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.tck.readerror;

import org.jspecify.annotations.NullMarked;
