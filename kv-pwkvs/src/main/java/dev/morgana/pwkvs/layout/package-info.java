/**
 * The bytes of pw_kvs ({@code docs/formats/pw_kvs.md}, sections 3 and 4). There is one structure, the entry; a sector is a row of entries from
 * its first byte on, and erased behind the last one. All numbers are little-endian.
 *
 * <pre>
 *  0        4          8       9         10          12       16
 *  +--------+----------+-------+---------+-----------+--------+-----+-------+---------+
 *  | magic  | checksum | units | key     | value     | trans- | key | value | zeros   |
 *  | u32    | u32      | u8    | size u8 | size u16  | action |     |       | (0...)  |
 *  |        |          |       | 1...63  |           | id u32 |     |       |         |
 *  +--------+----------+-------+---------+-----------+--------+-----+-------+---------+
 *  |&lt;----------------------- a multiple of (units + 1) * 16 bytes ------------------->|
 * </pre>
 *
 * A value size of 0xffff makes the entry a tombstone, which has no value. The checksum covers the whole entry, zeros
 * included, with the checksum field itself as zero; its algorithm follows from the magic.
 */
@NullMarked
package dev.morgana.pwkvs.layout;

import org.jspecify.annotations.NullMarked;
