/**
 * Two small, complete stores: {@code reference} (a tree) and {@code reference-flat}. They are doubles for tests that need
 * some store, and the example for whoever writes a backend. Simple comes before fast: the content is held in memory, and
 * every change writes all of it.
 *
 * <p>The device is cut into two halves of {@code blockCount / 2} blocks. A change writes a snapshot of everything into the
 * half that does not hold the newest one, then syncs. A snapshot counts only if its checksum is right, so whatever a power
 * loss leaves of an unfinished one, the other half still holds the state before.
 *
 * <pre>
 * snapshot, at the start of a half; all numbers little-endian
 *
 *   0       4         5       6          8           12           20           28        32      36
 *   +-------+---------+-------+----------+-----------+------------+------------+---------+-------+---------+
 *   | magic | version | shape | reserved | blockSize | blockCount | generation | length  | crc   | payload |
 *   | MRef  | 1       | T / F | 0        | u32       | u64        | u64        | u32     | u32   |         |
 *   +-------+---------+-------+----------+-----------+------------+------------+---------+-------+---------+
 *
 *   crc: CRC-32 (as in java.util.zip) of bytes 0 to 31 and the payload
 *
 * payload of a flat store: the records in ascending order of their keys
 *
 *   +-----------+-----+-------------+-------+
 *   | keyLength | key | valueLength | value |
 *   | u8        |     | u16         |       |
 *   +-----------+-----+-------------+-------+
 *
 * payload of a tree: the nodes, parents before children, siblings in ascending order; the root is the first
 *
 *   +-------+-------+------------+------+----------------+------------+------------------+
 *   | depth | kind  | nameLength | name | attributeCount | attributes | dictionary: none |
 *   | u8    | D / V | u8         |      | u16            |            | value: see below |
 *   +-------+-------+------------+------+----------------+------------+------------------+
 *
 *   attribute: type (u8), length (u8), bytes          value: seconds (i64), nanos (u32), length (u16), bytes
 * </pre>
 *
 * <p>More than thirty types, since two whole backends, flat and tree, stand on one log of snapshots.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.tck.reference;

import org.jspecify.annotations.NullMarked;
