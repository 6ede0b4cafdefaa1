/**
 * Trees of entries on their way: sources send entry by entry, sinks take them, so that nothing is held as a whole.
 *
 * <p>A path is the raw key of an entry: its segments joined by {@code '/'}. In a flat store it may be any bytes.
 */
@NullMarked
package dev.morgana.cli.exchange;

import org.jspecify.annotations.NullMarked;
