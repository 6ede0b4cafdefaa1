/**
 * Writing for chamelon: images that it reads like the C implementation does, and that it may go on writing to. Source:
 * {@code docs/formats/chamelon.md}, sections 5 and 6.
 *
 * <pre>
 *  TreeWriter       binds names to values and directories, and takes them out
 *  DirectoryForm    how a directory becomes the blocks of its pairs: SortedForm, a model of chamelon's own in the tests
 *  SoftThread       the thread through all directories, which chamelon ignores and the C implementation needs
 *  FreeBlocks       blocks in chamelon's order: WindowAllocator
 *  ValueWriter      a value in its directory or in blocks
 * </pre>
 */
@NullMarked
package dev.morgana.littlefs.chamelon;

import org.jspecify.annotations.NullMarked;
