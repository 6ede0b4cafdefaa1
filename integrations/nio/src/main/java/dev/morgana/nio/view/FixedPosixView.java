package dev.morgana.nio.view;

import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a file, of which the time alone can be set. */
record FixedPosixView(Tree tree, Key key, String name) implements PosixFileAttributeView {
    @Override
    public PosixFileAttributes readAttributes() throws IOException {
        return new FileAttributes(tree.status(key), tree.isReadOnly());
    }

    @Override
    public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
            throws IOException {
        if (modified != null) {
            tree.setModified(key, modified.toInstant());
        }
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        return readAttributes().owner();
    }

    /** Hosts set again what they have read, which is no change. */
    private static void refuseOther(Object asked, Object there, String what) {
        if (!asked.equals(there)) {
            throw new UnsupportedOperationException("an image knows no " + what);
        }
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
        refuseOther(owner, readAttributes().owner(), "owners");
    }

    @Override
    public void setGroup(GroupPrincipal group) throws IOException {
        refuseOther(group, readAttributes().group(), "groups");
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        refuseOther(permissions, readAttributes().permissions(), "permissions");
    }
}
