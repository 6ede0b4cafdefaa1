package dev.morgana.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A peer over a crate. Options that the crate compiles in make a program of their own for each configuration. */
final class RustPeer {
    private static final String CARGO = "cargo";

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

    /** The crate's program for a set-up, where this machine can build it. */
    static Program program(String crate, Setup setup) throws Exception {
        return program(crate, setup, Place.of(CARGO));
    }

    /** The crate's program for a set-up; it is built on first use. */
    static synchronized Program program(String crate, Setup setup, Place place) throws Exception {
        return place == Place.HERE ? here(Workshop.tool(CARGO).orElseThrow(), crate, setup) : inContainer(crate, setup);
    }

    private static Program here(String cargo, String crate, Setup setup) throws Exception {
        Path folder = Workshop.sources().resolve(crate);
        Path target = Workshop.folder("cargo");
        List<String> build =
                new ArrayList<>(List.of(cargo, "build", "--quiet", "--release", "--target-dir", target.toString()));
        build.addAll(features(setup));
        Workshop.run(folder, environment(setup), build);
        Path built = target.resolve("release/morgana-peer-" + crate);
        Path kept = Files.createDirectories(Workshop.folder("bin")).resolve(crate + "-" + setup.name());
        Files.copy(built, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        return Program.here(List.of(kept.toString()));
    }

    private static Program inContainer(String crate, Setup setup) throws Exception {
        Path sources = Workshop.sources();
        String options = environment(setup).entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" "));
        String image = Engine.build(
                "morgana-peer-" + crate + ":" + setup.name(),
                System.getProperty("morgana.peers.rust.image", "rust:1-bookworm"),
                sources.resolve("containers/rust/Dockerfile"),
                sources,
                Map.of("crate", crate, "options", options, "features", String.join(" ", features(setup))));
        return new ContainedProgram(image, List.of("/usr/local/bin/peer"));
    }

    private static List<String> features(Setup setup) {
        return Boolean.TRUE.equals(setup.options().get("crc")) ? List.of("--features", "crc") : List.of();
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
