package dev.morgana.lsm.store;

import dev.morgana.lsm.file.FileContent;
import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.layout.FileMetadata;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.Optional;

/** Looks at the files of one state: whole ones, damaged ones, and keys that belong to none. */
final class FileFindings {
    /** Takes what is found. */
    interface Visitor {
        /** A file that cannot be read as its metadata says. */
        default void damaged(FilePath path, CorruptStoreException damage) {}

        /** A file whose path is none that a tree can have: it is read by its exact path alone. */
        default void unusual(FilePath path) {}

        /** A chunk that no metadata counts. */
        default void orphan(byte[] key, FilePath.Chunk chunk) throws StoreException {}
    }

    private final FileReading files;
    private final Visitor visitor;

    FileFindings(FileReading files, Visitor visitor) {
        this.files = files;
        this.visitor = visitor;
    }

    /** Looks at every file, and at every chunk. */
    void visit() throws StoreException {
        try (Cursor cursor = files.scan(KeyRange.prefix(FilePath.metadataPrefix()))) {
            while (cursor.next()) {
                visitFile(FilePath.ofMetadata(cursor.key()).orElseThrow());
            }
        }
        visitOrphans();
    }

    private void visitFile(FilePath path) throws StoreException {
        if (!isNormal(path)) {
            visitor.unusual(path);
        }
        try {
            FileContent content = files.open(path);
            byte[] buffer = new byte[1];
            long unit = content.chunkLength();
            for (long position = 0; position < content.size(); position += unit) {
                content.read(position, buffer, 0, 1);
            }
        } catch (CorruptStoreException e) {
            visitor.damaged(path, e);
        }
    }

    private static boolean isNormal(FilePath path) {
        byte[] bytes = path.bytes();
        Key key = Key.ofBytes(bytes);
        return !key.isRoot()
                && bytes[0] == '/'
                && key.reservedSegment() == null
                && Arrays.equals(key.toBytes(), Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    /** Looks at the chunks that no metadata counts. */
    void visitOrphans() throws StoreException {
        try (Cursor cursor = files.scan(KeyRange.prefix(FilePath.chunkPrefixOfAll()))) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                Optional<FilePath.Chunk> chunk = FilePath.ofChunk(key);
                if (chunk.isPresent() && isOrphan(chunk.get())) {
                    visitor.orphan(key, chunk.get());
                }
            }
        }
    }

    /** Chunks of a file whose metadata cannot be read are no orphans: they may be what is left of it. */
    private boolean isOrphan(FilePath.Chunk chunk) throws StoreException {
        try {
            Optional<FileMetadata> metadata = files.find(chunk.path());
            return metadata.isEmpty()
                    || Long.compareUnsigned(chunk.number(), metadata.get().chunks()) >= 0;
        } catch (CorruptStoreException e) {
            return false;
        }
    }
}
