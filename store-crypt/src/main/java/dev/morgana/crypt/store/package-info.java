/** Stores whose values are sealed: in front the shapes of the SPI, behind them {@link dev.morgana.crypt.store.Vault}. */
@NullMarked
package dev.morgana.crypt.store;

import org.jspecify.annotations.NullMarked;
