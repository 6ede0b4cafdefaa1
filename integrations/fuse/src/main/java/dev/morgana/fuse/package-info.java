/**
 * Mounting an image: {@link dev.morgana.fuse.MountVerb} checks what the host has, {@link dev.morgana.fuse.ImageMount} answers the
 * kernel from the tree that the module for {@code java.nio.file} makes of a store.
 */
@NullMarked
package dev.morgana.fuse;

import org.jspecify.annotations.NullMarked;
