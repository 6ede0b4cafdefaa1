/**
 * The structures of embedkv on the medium, each with its codec. Nothing here reads a device; a block is an array of exactly
 * the block size. Source: {@code docs/formats/embedkv.md}, sections 2 to 9 and 22.
 *
 * <p>All integers are unsigned and little-endian. Each block but a free one ends with a checksum over all of it:
 *
 * <pre>
 *          0      1      2      4            8           12           16           20          24           28
 *          +------+--------------------+-----+-----------+------------+------------+-----------+------------+---
 * header   | 01   | "EKV"              | major, minor    | block size | blocks     | replica   | sequence   | flags
 *          +------+------+-------------+-----------------+------------+------------+-----------+------------+---
 * record   | 02   | 32   | key length  | generation      | value size | first part | blocks    | next       | flags, user flags
 *          +------+------+-------------+-----------------+------------+------------+-----------+------------+---
 * chunk    | 03   | 20   | flags       | descriptor      | index      | part       | next      | value ...
 *          +------+------+-------------+-----------------+------------+------------+-----------+---
 * free     | 00 or ff, then anything
 *          +------+---
 *
 *                                                 block size - 4
 * header   ... flags | padding (epoch at 28) ... | checksum |
 * record   ... user flags | key | value ...      | checksum |
 * chunk    ... value ...                         | checksum |
 * </pre>
 */
@NullMarked
package dev.morgana.embedkv.layout;

import org.jspecify.annotations.NullMarked;
