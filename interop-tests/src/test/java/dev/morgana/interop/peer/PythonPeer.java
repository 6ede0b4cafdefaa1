package dev.morgana.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** littlefs-python, in a virtual environment of its own or in a container. */
final class PythonPeer {
    private static final String PYTHON = "python3";
    private static final String CURRENT = "littlefs-python";

    /** With littlefs 2.4, which knows version 2.0 of the format alone. */
    private static final String OLDER = "littlefs-python-0.4";

    private PythonPeer() {}

    /** Its program, where this machine can run it. */
    static Program program() throws Exception {
        return program(Place.of(PYTHON));
    }

    /** Its program; environment or image are made on first use. */
    static synchronized Program program(Place place) throws Exception {
        return place == Place.HERE ? here(CURRENT) : inContainer();
    }

    /** The program of the older version, where this machine can run it itself. */
    static synchronized Program older() throws Exception {
        if (Place.of(PYTHON) != Place.HERE) {
            throw new Unavailable("the older littlefs-python runs on this machine's python3 alone");
        }
        return here(OLDER);
    }

    private static Program here(String name) throws Exception {
        Path program = Workshop.sources().resolve(name);
        return Program.here(List.of(
                environment(Workshop.tool(PYTHON).orElseThrow(), program).toString(),
                program.resolve("peer.py").toString()));
    }

    /** The Python of a virtual environment with what a program requires; it is made on first use. */
    static synchronized Path environment(String python, Path program) throws Exception {
        Path environment = Workshop.folder(program.getFileName().toString());
        Path done = environment.resolve("requirements.txt");
        Path wanted = program.resolve("requirements.txt");
        if (!Files.exists(done) || Files.mismatch(done, wanted) >= 0) {
            Workshop.run(program, Map.of(), List.of(python, "-m", "venv", environment.toString()));
            String pip = environment.resolve("bin/pip").toString();
            Workshop.run(program, Map.of(), List.of(pip, "install", "--quiet", "-r", wanted.toString()));
            Files.copy(wanted, done);
        }
        return environment.resolve("bin/python");
    }

    private static Program inContainer() throws Exception {
        Path sources = Workshop.sources();
        String image = Engine.build(
                "morgana-peer-littlefs-python:1",
                System.getProperty("morgana.peers.python.image", "python:3-slim"),
                sources.resolve("containers/python/Dockerfile"),
                sources.resolve("littlefs-python"),
                Map.of());
        return new ContainedProgram(image, List.of(PYTHON, "/opt/peer/peer.py"));
    }
}
