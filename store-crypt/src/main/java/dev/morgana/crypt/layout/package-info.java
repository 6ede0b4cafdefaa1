/**
 * What the layer puts into a store, and what it means. Numbers are big-endian.
 *
 * <p>Each value of the store is sealed: a header, and its bytes in segments of 4,096, each encrypted by AES-256-GCM and
 * followed by its tag ({@link dev.morgana.crypt.layout.ValueHeader}, {@link dev.morgana.crypt.layout.Segments}).
 *
 * <pre>
 *   0       1            5                        29
 *   +-------+------------+------------------------+-----------+-----+-----------+-----+--
 *   | 01    | generation | version                | segment 0 | tag | segment 1 | tag | ...
 *   +-------+------------+------------------------+-----------+-----+-----------+-----+--
 *     format  of the key   24 random bytes          at most 4096  16
 * </pre>
 *
 * <p>The key of one value is HKDF-SHA256 of the generation's data key, salted with the version; its info is
 * {@code morgana crypt value}, a zero byte and the name of the value, which binds the value to its name. The nonce of a segment
 * has 7 zero bytes, the segment's number in 4 bytes, and 1 for the last segment, else 0, which binds a segment to its place and
 * the value to its end. The header is authenticated with every segment.
 *
 * <p>Two values have names of their own. {@code morgana.crypt} is the store header
 * ({@link dev.morgana.crypt.layout.StoreHeader}):
 *
 * <pre>
 *   0          8       9     10             17     33      57
 *   +----------+-------+-----+--------------+------+-------+--------------------+---------+
 *   | MGCRYPT1 | flags | kdf | its cost     | salt | nonce | key ring, and tag  | digest  |
 *   +----------+-------+-----+--------------+------+-------+--------------------+---------+
 *                1       1     4 + 2 + 1      16     24      32 + 1 + 36 n + 16   8
 * </pre>
 *
 * <p>The key ring ({@link dev.morgana.crypt.layout.KeyRing}) is encrypted under the user's key, or what Argon2id makes of the
 * password; the digest tells damage from a wrong key. {@code morgana.crypt.versions} is there where the store keeps a version
 * index: a sealed value with {@link dev.morgana.crypt.layout.VersionSums}.
 */
@NullMarked
package dev.morgana.crypt.layout;

import org.jspecify.annotations.NullMarked;
