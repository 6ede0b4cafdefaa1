package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.Creation;
import dev.morgana.littlefs.file.Removal;
import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.TreePath;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.error.StoreException;

/**
 * What is done to a path once nothing refuses it any more, be it the path of a key or one of the C implementation's form: first
 * the repair, then the change, of what is there after the repair. For one writer, under the lock.
 */
final class Operations {
    private final FileSystem fileSystem;
    private final Creation creation;
    private final Removal removal;

    Operations(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.creation = new Creation(fileSystem);
        this.removal = new Removal(fileSystem);
    }

    /** Makes an empty file; only the last name is missing. */
    DirectoryEntry createFile(TreePath path) throws StoreException {
        checkLastName(path);
        fileSystem.repair();
        return creation.file(path.walk().place());
    }

    /** Makes an empty directory; only the last name is missing. */
    void createDirectory(TreePath path) throws StoreException {
        checkLastName(path);
        fileSystem.repair();
        creation.directory(path.walk().place());
    }

    private void checkLastName(TreePath path) throws StoreException {
        creation.checkName(path.names().get(path.names().size() - 1));
    }

    /** Removes a file or an empty directory. */
    void remove(TreePath path) throws StoreException {
        fileSystem.repair();
        Walk walk = path.walk();
        DirectoryEntry entry = walk.found().orElseThrow();
        if (walk.endsAtFile()) {
            removal.file(entry);
        } else {
            removal.directory(entry, walk.directory());
        }
    }

    /** Sets an attribute of what is there. */
    void setAttribute(TreePath path, int type, byte[] value) throws StoreException {
        fileSystem.repair();
        AttributeChange.set(fileSystem, path.walk().attributed(), type, value);
    }

    /** Removes an attribute of what is there, if it has that; whether it had. */
    boolean removeAttribute(TreePath path, int type) throws StoreException {
        if (!path.walk().attributed().entry().attributes().containsKey(type)) {
            return false;
        }
        fileSystem.repair();
        AttributeChange.remove(fileSystem, path.walk().attributed(), type);
        return true;
    }
}
