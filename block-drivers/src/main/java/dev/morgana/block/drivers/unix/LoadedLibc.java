package dev.morgana.block.drivers.unix;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The C library of the running system, loaded on first use: {@code mem} and {@code file} work without jnr-ffi. */
final class LoadedLibc {
    private static final class Holder {
        private static final SystemCalls CALLS = load();

        private static SystemCalls load() {
            Libc libc = LibraryLoader.create(Libc.class).load("c");
            Runtime runtime = Runtime.getRuntime(libc);
            return new SystemCalls(
                    libc, runtime::getLastError, Platform.running().orElseThrow());
        }
    }

    private LoadedLibc() {}

    /**
     * The calls of the running system.
     *
     * @throws LinkageError if jnr-ffi is not there or the library cannot be loaded
     */
    static SystemCalls calls() {
        return Holder.CALLS;
    }
}
