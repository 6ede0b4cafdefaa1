/**
 * The structures of littlefs on the medium, each with its codec. Nothing here reads a device; bytes come from a
 * {@link dev.morgana.littlefs.layout.BlockBytes}. Source: {@code docs/formats/littlefs.md}, sections 4, 6, 7.1, 10.1 and 12.2.
 *
 * <p>A metadata block. Tags are big-endian, everything else is little-endian:
 *
 * <pre>
 * 0          4                                      n         n+4        n+8
 * +----------+---------+--- ... ---+-- more ... ----+---------+----------+--- ... ---+---- next commit ...
 * | revision | tag     | data      | tags and data  | CRC tag | CRC      | padding   | tag
 * +----------+---------+--- ... ---+-- more ... ----+---------+----------+--- ... ---+---- ...
 *            '-- each stored tag is exclusive-ored with the tag before it, the first one with 0xffffffff
 * |&lt;------------- covered by the CRC of the first commit -----------&gt;|
 * </pre>
 *
 * <p>A decoded tag:
 *
 * <pre>
 *  31  30      28 27           20 19            10 9             0
 * +---+----------+---------------+----------------+---------------+
 * | v | class    | chunk         | id             | length        |
 * +---+----------+---------------+----------------+---------------+
 *   v: 0 in a valid tag              0x3ff: no entry  0x3ff: deleted, no data
 * </pre>
 *
 * <p>A block of a file that is not inline, the i-th one (i &gt; 0), in littlefs and in chamelon's dialect:
 *
 * <pre>
 * 0              4              8          4*p
 * +--------------+--------------+--- ... --+-------- ... --+
 * | block i-1    | block i-2    | i-4 ...  | data          |     p = trailing zeros of i, plus 1
 * +--------------+--------------+--- ... --+-------- ... --+     (chamelon: log2 i where i is a power of two, else 1)
 * </pre>
 *
 * <p>More than thirty types, since tags, logs and the states that they amount to name each other, and so do the two dialects.
 */
@NullMarked
package dev.morgana.littlefs.layout;

import org.jspecify.annotations.NullMarked;
