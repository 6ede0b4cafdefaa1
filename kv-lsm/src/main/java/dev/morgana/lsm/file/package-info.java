/**
 * The algorithms of ekv-fs: files as keys of a transaction, whatever store the transaction is of. Source: ekv-fs page, sections
 * 4 to 13.
 */
@NullMarked
package dev.morgana.lsm.file;

import org.jspecify.annotations.NullMarked;
