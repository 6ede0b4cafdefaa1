package dev.morgana.embedkv.record;

import java.nio.charset.StandardCharsets;

/** Which keys are one key to a peer (embedkv page, section 23). */
enum KeyIdentity {
    /** Those of equal bytes, as the format says and the Go implementation does. */
    BYTES,
    /** Those that are equal once whatever is no UTF-8 was replaced by U+FFFD, as the Rust implementation does. */
    LOSSY_TEXT;

    /** What stands for a key in the index. */
    byte[] of(byte[] key) {
        return this == BYTES ? key : new String(key, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
}
