/**
 * Metadata pairs on a device: reading them through a cache, and writing commits, by compaction and splits where a block is
 * full. Source: {@code docs/formats/littlefs.md}, sections 5 and 9.
 */
@NullMarked
package dev.morgana.littlefs.pair;

import org.jspecify.annotations.NullMarked;
