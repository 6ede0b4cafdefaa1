/**
 * A store as the place of files and folders that programs expect: open files that all see one content, files that live on while they
 * are open, folders that stay when they are empty. It speaks in keys, and its errors are those of {@code java.nio.file}.
 */
@NullMarked
package dev.morgana.nio.tree;

import org.jspecify.annotations.NullMarked;
