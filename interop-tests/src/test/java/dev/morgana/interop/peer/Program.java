package dev.morgana.interop.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A peer's program, ready to run. */
interface Program {
    /**
     * Starts it.
     *
     * @param folder the folder with the images, which has the same path for the program
     */
    PeerProcess start(Path folder) throws IOException;

    /** Where it runs, as the report adds it to a geometry. */
    default String place() {
        return "";
    }

    /** A program of this machine. */
    static Program here(List<String> command) {
        return folder -> PeerProcess.start(command);
    }
}
