/** The shapes of the SPI over a {@link dev.morgana.crypt.vault.Vault}, and how a store is made one and opened. */
@NullMarked
package dev.morgana.crypt.store;

import org.jspecify.annotations.NullMarked;
