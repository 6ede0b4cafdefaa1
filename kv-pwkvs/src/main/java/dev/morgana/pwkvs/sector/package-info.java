/**
 * The algorithms of pw_kvs over a partition of sectors: the scan at open, lookup, the choice of a sector, collection,
 * maintenance and repair (pw_kvs page, sections 6 to 17). State lives here; nothing here is safe for several threads.
 */
@NullMarked
package dev.morgana.pwkvs.sector;

import org.jspecify.annotations.NullMarked;
