/** pw_kvs as a flat store, and its tools. */
@NullMarked
package dev.morgana.pwkvs.store;

import org.jspecify.annotations.NullMarked;
