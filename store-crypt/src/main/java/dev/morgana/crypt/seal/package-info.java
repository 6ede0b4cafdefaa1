/**
 * Keys, and what is done with them: values, names and key rings are sealed and opened, and versions are summed. Nothing here
 * knows a store.
 */
@NullMarked
package dev.morgana.crypt.seal;

import org.jspecify.annotations.NullMarked;
