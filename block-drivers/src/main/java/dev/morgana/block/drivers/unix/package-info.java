/**
 * The driver {@code native}: block devices, flash parts and files through the system's own calls, on Linux and macOS.
 *
 * <pre>
 *   NativeDriver ── NativeOpening ──┬── NativeMedium   regular files and block devices
 *                                   └── MtdMedium      MTD character devices
 *                                          │
 *                                     SystemCalls      errors by name, interrupted calls again
 *                                          │
 *                                        Libc          the functions of the C library
 * </pre>
 *
 * <p>The package is exported because jnr-ffi makes an implementation of {@link dev.morgana.block.drivers.unix.Libc} at run
 * time; users need {@link dev.morgana.block.drivers.unix.NativeDriver} alone.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.morgana.block.drivers.unix;

import org.jspecify.annotations.NullMarked;
