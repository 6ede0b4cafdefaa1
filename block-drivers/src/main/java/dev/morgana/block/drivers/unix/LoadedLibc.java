package dev.morgana.block.drivers.unix;

import java.util.Optional;
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

    /** Why there are no calls; empty if there are. */
    static Optional<String> failure() {
        try {
            calls();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(reason(e));
        }
    }

    /** On the module path nothing reads what is only optional, so that it is left out even where it is there. */
    private static String reason(LinkageError e) {
        boolean module = LoadedLibc.class.getModule().isNamed();
        if (module && ModuleLayer.boot().findModule("org.jnrproject.ffi").isEmpty()) {
            return "its module org.jnrproject.ffi is not resolved: put jnr-ffi on the module path, and start Java with"
                    + " --add-modules org.jnrproject.ffi,org.objectweb.asm,org.objectweb.asm.commons,org.objectweb.asm.util";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "jnr-ffi is not there or cannot be loaded: " + cause;
    }

    /**
     * The calls of the running system.
     *
     * @throws LinkageError if jnr-ffi is not there or the library cannot be loaded
     */
    static SystemCalls calls() {
        return Holder.CALLS;
    }
}
