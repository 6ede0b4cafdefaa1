/**
 * Images as file systems of {@code java.nio.file}. {@link dev.morgana.nio.MorganaFileSystems} opens a store that the application has;
 * {@code FileSystems.newFileSystem} opens an image by path or by URI, through {@link dev.morgana.nio.MorganaFileSystemProvider}.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.nio;

import org.jspecify.annotations.NullMarked;
