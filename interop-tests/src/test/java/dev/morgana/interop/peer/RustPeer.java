package dev.morgana.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A peer over a crate. Options that the crate compiles in make a program of their own for each configuration. */
final class RustPeer {
    /** Options of the golden data that ekv reads from the environment of its build. */
    private static final List<String> COMPILED = List.of(
            "pageSize",
            "maxPageCount",
            "align",
            "eraseValue",
            "maxKeySize",
            "maxValueSize",
            "scratchPageCount",
            "branchingFactor",
            "maxChunkSize");

    private RustPeer() {}

    /** The command that starts the crate's program for a set-up; it is built on first use. */
    static synchronized List<String> command(String crate, Setup setup) throws Exception {
        String cargo = Workshop.tool("cargo");
        Path folder = Workshop.sources().resolve(crate);
        Path target = Workshop.folder("cargo");
        List<String> build =
                new ArrayList<>(List.of(cargo, "build", "--quiet", "--release", "--target-dir", target.toString()));
        if (Boolean.TRUE.equals(setup.options().get("crc"))) {
            build.addAll(List.of("--features", "crc"));
        }
        Workshop.run(folder, environment(setup), build);
        Path built = target.resolve("release/morgana-peer-" + crate);
        Path kept = Files.createDirectories(Workshop.folder("bin")).resolve(crate + "-" + setup.name());
        Files.copy(built, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        return List.of(kept.toString());
    }

    private static Map<String, String> environment(Setup setup) {
        Map<String, String> environment = new TreeMap<>();
        setup.options().forEach((name, value) -> {
            if (COMPILED.contains(name)) {
                environment.put("EKV_" + constant(name), value.toString());
            } else if (name.equals("maxPathLen") || name.equals("chunkSize")) {
                environment.put("MORGANA_" + constant(name), value.toString());
            }
        });
        return environment;
    }

    private static String constant(String name) {
        return name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
