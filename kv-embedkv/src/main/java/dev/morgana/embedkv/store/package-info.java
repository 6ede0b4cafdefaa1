/** The store, its tools, and the reference implementations' own calls. */
@NullMarked
package dev.morgana.embedkv.store;

import org.jspecify.annotations.NullMarked;
