/** embedkv: provider, options, and the API for programs that know what they have. */
@NullMarked
package dev.morgana.embedkv;

import org.jspecify.annotations.NullMarked;
