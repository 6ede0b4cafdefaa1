package dev.morgana.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** littlefs-python in a virtual environment of its own. */
final class PythonPeer {
    private PythonPeer() {}

    /** The command that starts it; the environment is made on first use. */
    static synchronized List<String> command() throws Exception {
        String python = Workshop.tool("python3");
        Path program = Workshop.sources().resolve("littlefs-python");
        Path environment = Workshop.folder("littlefs-python");
        Path done = environment.resolve("requirements.txt");
        Path wanted = program.resolve("requirements.txt");
        if (!Files.exists(done) || Files.mismatch(done, wanted) >= 0) {
            Workshop.run(program, Map.of(), List.of(python, "-m", "venv", environment.toString()));
            String pip = environment.resolve("bin/pip").toString();
            Workshop.run(program, Map.of(), List.of(pip, "install", "--quiet", "-r", wanted.toString()));
            Files.copy(wanted, done);
        }
        return List.of(
                environment.resolve("bin/python").toString(),
                program.resolve("peer.py").toString());
    }
}
