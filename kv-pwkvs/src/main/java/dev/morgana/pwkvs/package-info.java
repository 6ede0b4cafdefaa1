/** pw_kvs, the key-value store of Pigweed: the provider and the typed entry point. */
@NullMarked
package dev.morgana.pwkvs;

import org.jspecify.annotations.NullMarked;
