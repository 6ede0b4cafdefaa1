/**
 * The tree of sorted files: pages, files, the meta log, mounting, reading, transactions and compaction.
 *
 * <p>{@link dev.morgana.lsm.tree.Tree} owns the state. A {@link dev.morgana.lsm.tree.LsmFile} and a
 * {@link dev.morgana.lsm.tree.FileTable} never change, so that a snapshot is a reference to a table, and a commit is the
 * change to the next one.
 *
 * <p>More than thirty types, since files, runs, compaction and snapshots share pages and records that nobody else may touch.
 */
@NullMarked
package dev.morgana.lsm.tree;

import org.jspecify.annotations.NullMarked;
