package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.Map;

/**
 * The program that mounts, and the image that holds it.
 *
 * @param label its name in the report
 * @param image the container image
 * @param command its name in the container
 * @param mountOptions further words for mounting, or none
 */
record MountProgram(String label, String image, String command, String mountOptions) {
    /** The name in the report of the real program. */
    static final String REAL = "littlefs-fuse";

    /**
     * What keeps the kernel from remembering names, sizes and content. The real program tells it to keep them for a while, and
     * goes on changing them in another way than the kernel does, so that files read wrong even when nobody else writes.
     */
    private static final String UNCACHED = "-o attr_timeout=0,entry_timeout=0,ac_attr_timeout=0,direct_io";

    private static final String BASE = "debian:bookworm-slim";
    private static final String STAND_IN = "C littlefs over fusepy";

    /**
     * The image that the user names, with the real littlefs-fuse; else our stand-in, whose image is built.
     *
     * @throws Unavailable if no engine answers, or the image cannot be had
     */
    static MountProgram choose() throws Exception {
        Engine.require();
        String named = named();
        if (!named.isEmpty()) {
            Engine.requireImage(named);
            return new MountProgram(REAL, named, System.getProperty("morgana.littlefsFuse.command", REAL), UNCACHED);
        }
        Path sources = Workshop.sources().resolve("littlefs-over-fusepy");
        String built =
                Engine.build("morgana-littlefs-over-fusepy:1", BASE, sources.resolve("Dockerfile"), sources, Map.of());
        return new MountProgram(STAND_IN, built, "c-littlefs-over-fusepy", "");
    }

    /** The name in the report of the program that this run wants. */
    static String wanted() {
        return named().isEmpty() ? STAND_IN : REAL;
    }

    private static String named() {
        return System.getProperty("morgana.littlefsFuse.image", "");
    }
}
