/**
 * The algorithms of littlefs over a device. Source: littlefs page, sections 5 and 7 to 13.
 *
 * <pre>
 *  reading    Mount, Volume       what is there: pairs by the cache, thread, tree, files
 *             PairReader          one pair
 *
 *  changing   OpenFile, Creation, Removal, Renaming, AttributeChange, Maintenance, Format
 *             FileDraft, CtzWriter    versions of files in blocks of their own
 *             Committer           one atomic change of a pair, and what follows from it
 *             PairWriter          one commit: appended, or compacted into the other block
 *             Allocator, Extents  free blocks, and those that versions share
 *             GlobalState, Repair what is half done, and finishing it
 *             Anchors             what follows its entry through all of this
 * </pre>
 *
 * {@link dev.morgana.littlefs.log.FileSystem} holds them together.
 */
@NullMarked
package dev.morgana.littlefs.log;

import org.jspecify.annotations.NullMarked;
