/**
 * pw_kvs, the key-value store of Pigweed: the provider, the typed entry point {@link dev.morgana.pwkvs.PwKvs}, and changes of
 * configuration, {@link dev.morgana.pwkvs.PwKvsReshape}. A store that is opened by an address repairs nothing unless
 * {@link dev.morgana.pwkvs.PwKvsOptions#RECOVERY} says so.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.pwkvs;

import org.jspecify.annotations.NullMarked;
