/**
 * Encryption with authentication over any store, as the store layer {@code crypt}: {@code crypt+ekv+file:x?keyFile=k}. Values are
 * encrypted under AES-256-GCM, bound to their names and versions; names can be hidden; an index of versions can be kept; keys
 * can be changed. What it protects from, and what not, stands in {@code docs/encryption.md}.
 *
 * <p>Programs use {@link dev.morgana.crypt.Crypt}, where a key may come from anywhere.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.crypt;

import org.jspecify.annotations.NullMarked;
