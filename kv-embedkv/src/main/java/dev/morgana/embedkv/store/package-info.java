/** The store, its tools, and the peers' own calls. */
@NullMarked
package dev.morgana.embedkv.store;

import org.jspecify.annotations.NullMarked;
