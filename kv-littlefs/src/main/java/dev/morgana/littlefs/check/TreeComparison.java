package dev.morgana.littlefs.check;

import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Compares two readings of one image: names, kinds and contents. */
final class TreeComparison {
    private static final int PIECE_BYTES = 64 * 1024;

    private final Volume one;
    private final Volume other;
    private final Deque<Both> pending = new ArrayDeque<>();

    /** One directory in both readings. */
    private record Both(Directory one, Directory other) {}

    private TreeComparison(Volume one, Volume other) {
        this.one = one;
        this.other = other;
    }

    /**
     * Whether both readings give the same. The first one must be free of circles.
     *
     * @throws StoreException if the device fails
     */
    static boolean areEqual(Volume one, Volume other) throws StoreException {
        try {
            return new TreeComparison(one, other).run();
        } catch (CorruptStoreException e) {
            return false;
        }
    }

    private boolean run() throws StoreException {
        pending.push(new Both(Directory.root(one), Directory.root(other)));
        while (!pending.isEmpty()) {
            Both both = pending.pop();
            Map<FileName, DirectoryEntry> others = new HashMap<>();
            for (DirectoryEntry entry : both.other().entries()) {
                others.put(entry.entry().name(), entry);
            }
            for (DirectoryEntry entry : both.one().entries()) {
                DirectoryEntry same = others.remove(entry.entry().name());
                if (same == null || !areEqual(entry, same)) {
                    return false;
                }
            }
            if (!others.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean areEqual(DirectoryEntry entry, DirectoryEntry same) throws StoreException {
        boolean isDirectory = entry.entry().isDirectory();
        if (isDirectory != same.entry().isDirectory()) {
            return false;
        }
        if (isDirectory) {
            pending.push(new Both(Directory.of(one, entry), Directory.of(other, same)));
            return true;
        }
        return areEqual(FileContent.of(one, entry), FileContent.of(other, same));
    }

    private static boolean areEqual(FileContent content, FileContent same) throws StoreException {
        if (content.size() != same.size()) {
            return false;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, content.size()));
        ByteBuffer samePiece = ByteBuffer.allocate(piece.capacity());
        for (long at = 0; at < content.size(); at += piece.limit()) {
            content.read(at, piece.clear());
            same.read(at, samePiece.clear());
            if (!piece.flip().equals(samePiece.flip())) {
                return false;
            }
        }
        return true;
    }
}
