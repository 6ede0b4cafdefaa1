/**
 * Images for Apache Commons VFS: {@code morgana:file:///tmp/site.img!/etc/settings}. VFS finds
 * {@link dev.morgana.vfs.ImageFileProvider} by itself; {@link dev.morgana.vfs.ImageConfigBuilder} sets options.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.vfs;

import org.jspecify.annotations.NullMarked;
