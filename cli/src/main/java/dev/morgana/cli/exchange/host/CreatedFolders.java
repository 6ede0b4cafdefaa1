package dev.morgana.cli.exchange.host;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Folders that are made one by one. Those that were not filled when the work ends go away again, if nothing is in them. */
public final class CreatedFolders implements AutoCloseable {
    /** Outermost last. */
    private final Deque<Path> unfilled = new ArrayDeque<>();

    /** Makes a folder with its parents, unless it exists. */
    public void make(Path folder) throws IOException {
        Path missing = folder.toAbsolutePath();
        Deque<Path> chain = new ArrayDeque<>();
        while (missing != null && !Files.exists(missing)) {
            chain.push(missing);
            missing = missing.getParent();
        }
        Files.createDirectories(folder);
        chain.forEach(unfilled::push);
    }

    /** A folder stays, with its parents: everything that belongs there was put there, if it is anything. */
    public void keep(Path folder) {
        Path filled = folder.toAbsolutePath();
        unfilled.removeIf(filled::startsWith);
    }

    @Override
    public void close() throws IOException {
        for (Path folder : unfilled) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                // what was taken out stays
            }
        }
    }
}
