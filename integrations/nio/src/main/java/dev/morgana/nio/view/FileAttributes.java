package dev.morgana.nio.view;

import dev.morgana.nio.tree.FileStatus;
import dev.morgana.spi.key.Kind;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a file or folder. Images know no owners and permissions, so that those are the same for all.
 *
 * @param status what the tree tells
 * @param readOnly whether the image is
 */
record FileAttributes(FileStatus status, boolean readOnly) implements PosixFileAttributes {
    /** Who owns everything. */
    record Owner(String getName) implements GroupPrincipal {
        @Override
        public String toString() {
            return getName;
        }
    }

    private static final Owner OWNER = new Owner("root");

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.from(status.modified());
    }

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime();
    }

    @Override
    public FileTime creationTime() {
        return lastModifiedTime();
    }

    @Override
    public boolean isRegularFile() {
        return status.kind() == Kind.VALUE;
    }

    @Override
    public boolean isDirectory() {
        return status.kind() == Kind.DICTIONARY;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return status.size();
    }

    @Override
    public @Nullable Object fileKey() {
        return null;
    }

    @Override
    public UserPrincipal owner() {
        return OWNER;
    }

    @Override
    public GroupPrincipal group() {
        return OWNER;
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        String all = isDirectory() ? "rwxr-xr-x" : "rw-r--r--";
        return PosixFilePermissions.fromString(readOnly ? all.replace('w', '-') : all);
    }
}
