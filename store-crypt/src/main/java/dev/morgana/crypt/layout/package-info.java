/**
 * What the layer puts into a store, and what it means. Numbers are big-endian.
 *
 * <p>Each value of the store is sealed: a header, and its bytes in segments of 4,096, each encrypted by AES-256-GCM and
 * followed by its tag ({@link dev.morgana.crypt.layout.ValueHeader}, {@link dev.morgana.crypt.layout.Segments}).
 *
 * <pre>
 *   0       1            5                        29
 *   +-------+------------+------------------------+-----------+-----+-----------+-----+--
 *   | 02    | epoch      | version                | segment 0 | tag | segment 1 | tag | ...
 *   +-------+------------+------------------------+-----------+-----+-----------+-----+--
 *     format  of the keys  24 bytes, random         at most 4096  16
 * </pre>
 *
 * <p>A key for a purpose is HKDF-SHA256 of another key; its info is {@code morgana crypt}, a space and the purpose, a zero byte,
 * the {@link dev.morgana.crypt.layout.Binding} of the store, and what the purpose is about. So the key of one value is that of
 * the data key of its epoch, salted with the version, for the purpose {@code value}, about the name of the value. The nonce of a
 * segment has 7 zero bytes, the segment's number in 4 bytes, and 1 for the last segment, else 0, which binds a segment to its
 * place and the value to its end. The header is authenticated with every segment.
 *
 * <p>Some values have names of their own. {@code morgana.crypt} is the store header
 * ({@link dev.morgana.crypt.layout.StoreHeader}):
 *
 * <pre>
 *   0          8       9     10             17     33      49      73
 *   +----------+-------+-----+--------------+------+-------+-------+--------------------+---------+
 *   | MGCRYPT2 | flags | kdf | its cost     | salt | store | nonce | key ring, and tag  | digest  |
 *   +----------+-------+-----+--------------+------+-------+-------+--------------------+---------+
 *                1       1     4 + 2 + 1      16     16      24      106 and more, 16     8
 * </pre>
 *
 * <p>The key ring ({@link dev.morgana.crypt.layout.KeyRing}) is one segment, the last, under a key for the purpose {@code key
 * ring}, salted with the nonce; what stands before it is authenticated with it. That key is one of the lock, which is one for the
 * purpose {@code lock}, salted with the salt, of the user's key, or of what Argon2id makes of password and salt. The digest, the
 * first bytes of the SHA-256 of what stands before it, tells damage from a wrong key.
 *
 * <p>{@code morgana.crypt.state} is a sealed value. It is written anew after each header, in the epoch of the new one, so that an
 * older header that is put back is noticed by it. It holds {@link dev.morgana.crypt.layout.VersionSums} where the store keeps a
 * version index or values are being rewritten, else nothing. {@code morgana.crypt.reserve} means nothing, and is given up where a
 * full store needs the room.
 *
 * <p>While values are being rewritten under a new data key, the version of a value that is still under an older one counts as the
 * one that it will have: the first bytes of HMAC-SHA256, under the index key's key for the purpose {@code rewritten}, over the
 * length of the name in 4 bytes, the name and the SHA-256 of the whole sealed value. So the sum of versions stays the same, and
 * whoever knows the older data key can bring in nothing.
 */
@NullMarked
package dev.morgana.crypt.layout;

import org.jspecify.annotations.NullMarked;
