package dev.morgana.littlefs.store;

import dev.morgana.littlefs.exam.FileHistory;
import dev.morgana.littlefs.exam.FileState;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The states of a value that the log of its directory still holds, see {@link FileHistory} for which those are. A directory
 * under the name counts as no value, and a value that was written again unchanged as one state.
 *
 * <p>A value in the directory itself is covered by the checksum of its commit and is read from there. A value in blocks of its
 * own is only read if it is the current one: the blocks of an earlier one are free for others, nothing tells whether they were
 * overwritten, and littlefs has no checksum of them. Such a state is listed with its size, and opening it is refused.
 *
 * @param source the file system as it is now
 */
record OlderStates(StoreLife.Action<FileSystem> source, StoreLife life) implements History {
    @Override
    public List<Version> versions(Key key) throws StoreException {
        return life.reading(() -> {
            FileSystem fileSystem = source.run();
            FileHistory history = FileHistory.of(fileSystem.volume(), key);
            List<Version> versions = new ArrayList<>();
            for (FileState state : history.states()) {
                versions.add(new Version(
                        versions.size(),
                        position(fileSystem, state),
                        label(state),
                        size(fileSystem, state),
                        history.isPresent(state)));
            }
            return versions;
        });
    }

    private static Position position(FileSystem fileSystem, FileState state) {
        String structure = state.struct() == null ? "commit" : "struct";
        return fileSystem.volume().blocks().position(state.block(), state.offset(), structure);
    }

    private static String label(FileState state) {
        return "revision " + Integer.toUnsignedString(state.revision()) + ", commit " + state.commit();
    }

    private static OptionalLong size(FileSystem fileSystem, FileState state) throws CorruptStoreException {
        EntryStruct struct = state.struct();
        if (struct == null) {
            return OptionalLong.empty();
        }
        if (struct instanceof EntryStruct.Inline inline) {
            return OptionalLong.of(inline.content().length);
        }
        if (struct instanceof EntryStruct.Ctz ctz) {
            return OptionalLong.of(ctz.head().size());
        }
        throw PeerError.corrupt(position(fileSystem, state), "content or a list of blocks", "another struct");
    }

    @Override
    public InputStream open(Key key, Version version) throws StoreException {
        return life.reading(() -> {
            FileSystem fileSystem = source.run();
            FileHistory history = FileHistory.of(fileSystem.volume(), key);
            for (FileState state : history.states()) {
                if (state.struct() != null
                        && position(fileSystem, state).equals(version.position())
                        && label(state).equals(version.label())) {
                    return open(key, fileSystem, history, state);
                }
            }
            throw PeerError.NOENT.on(new NoSuchKeyException(key));
        });
    }

    private InputStream open(Key key, FileSystem fileSystem, FileHistory history, FileState state)
            throws StoreException {
        if (state.struct() instanceof EntryStruct.Inline inline) {
            return new ByteArrayInputStream(inline.content());
        }
        if (history.isPresent(state)) {
            return ValueStreams.open(fileSystem, history.present().orElseThrow(), life);
        }
        throw PeerError.INVAL.on(
                new InvalidRequestException(
                        key + " at " + label(state)
                                + " refused: its blocks were given up and may hold anything since; only values inside the log can be read"));
    }
}
