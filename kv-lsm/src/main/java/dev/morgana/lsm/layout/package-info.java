/**
 * The structures of ekv on the medium, each with its codec. Nothing here reads a device. Source: {@code docs/formats/ekv.md}, sections 2 to 10
 * and 22.
 *
 * <p>All integers are unsigned and little-endian; the checksums are there with the option {@code crc} only. Headers are padded
 * to the alignment, which shows with alignments of 8 and 16 alone.
 *
 * <pre>
 *              0             4             8             12            16
 *              +-------------+-------------+-------------+-------------+-------------+--------------
 * meta page    | 1d81bcde    | page number | checksum    | page count  | generation  | chunks ...
 *              +-------------+-------------+-------------+-------------+-------------+--------------
 * data page    | 7fcbf35d    | page number | checksum    | position    | skip list ... | boundary | padding | chunks ...
 *              +-------------+-------------+-------------+-------------+---------------+----------+---------+-------
 *
 *              0      2      4             8
 *              +------+------+-------------+-----------------------+---------+
 * chunk        | 59c5 | size | checksum    | payload (1 to size)   | padding | next chunk ...
 *              +------+------+-------------+-----------------------+---------+
 *
 *              0      1       2            4             8
 *              +------+-------+------------+-------------+
 * meta entry   | file | flags | last page  | first position |    (payload of a meta page; one chunk is one commit)
 *              +------+-------+------------+-------------+
 *
 *              0                                          record header
 *              +------------------------------------------+--------+---------+
 * record       | key length, value length, deletion (bits) | key    | value   |   (payload of data pages, across pages)
 *              +------------------------------------------+--------+---------+
 * </pre>
 */
@NullMarked
package dev.morgana.lsm.layout;

import org.jspecify.annotations.NullMarked;
