/**
 * A littlefs on a device: mounting it, its tree of directories, and changing it. Source: {@code docs/formats/littlefs.md},
 * sections 7 to 11 and 13.
 *
 * <pre>
 *  reading    Mount, Volume          what is there, from the superblock and the thread
 *             Directory, TreeWalk    its tree; Walk and TreePath follow names through it
 *
 *  changing   FileSystem             the volume that changes
 *             Committer              one atomic change of a pair, and what follows from it
 *             GlobalState, Repair    what is half done, and finishing it
 *             Trackers               what follows its entry through all of this
 *             Format, Resizing, GarbageCollector
 * </pre>
 *
 * <p>Below are the pairs and the free blocks, above the files.
 */
@NullMarked
package dev.morgana.littlefs.log;

import org.jspecify.annotations.NullMarked;
