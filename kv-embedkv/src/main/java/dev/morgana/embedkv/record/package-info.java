/**
 * Records on blocks: finding, reading, writing and freeing them, on one replica and on several. State lives here; there is
 * no locking, which is the business of the store. Source: embedkv page, sections 9 to 19 and 26.
 */
@NullMarked
package dev.morgana.embedkv.record;

import org.jspecify.annotations.NullMarked;
