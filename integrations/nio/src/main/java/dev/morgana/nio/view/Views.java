package dev.morgana.nio.view;

import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of the files of a tree, by view, and by the names that {@code java.nio.file.Files} documents. */
public final class Views {
    private static final String BASIC = "basic";
    private static final String POSIX = "posix";
    private static final String OWNER = "owner";
    private static final String USER = "user";

    private final Tree tree;

    /** The attributes of a tree's files. */
    public Views(Tree tree) {
        this.tree = tree;
    }

    /** The names of the views that there are. */
    public Set<String> names() {
        return users().isPresent() ? Set.of(BASIC, OWNER, POSIX, USER) : Set.of(BASIC, OWNER, POSIX);
    }

    private Optional<UserAttributes> users() {
        return tree.store().facet(UserAttributes.class);
    }

    /** The view of a type, or null if there is none. */
    public @Nullable FileAttributeView of(Key key, Class<? extends FileAttributeView> type) {
        if (type == BasicFileAttributeView.class) {
            return new FixedPosixView(tree, key, BASIC);
        }
        if (type == PosixFileAttributeView.class) {
            return new FixedPosixView(tree, key, POSIX);
        }
        if (type == FileOwnerAttributeView.class) {
            return new FixedPosixView(tree, key, OWNER);
        }
        if (type == UserDefinedFileAttributeView.class) {
            return users().map(attributes -> new NumberedAttributes(tree, attributes, key))
                    .orElse(null);
        }
        return null;
    }

    /** The attributes of a file, as those of the view that knows them all. */
    public PosixFileAttributes attributes(Key key) throws IOException {
        return new FixedPosixView(tree, key, POSIX).readAttributes();
    }

    private void requireKnown(String view) {
        if (!names().contains(view)) {
            throw new UnsupportedOperationException("View '" + view + "' not available");
        }
    }

    /** Reads attributes, such as {@code posix:size,owner}. */
    public Map<String, Object> read(Key key, String asked) throws IOException {
        int colon = asked.indexOf(':');
        String view = colon < 0 ? BASIC : asked.substring(0, colon);
        requireKnown(view);
        Map<String, Object> all = view.equals(USER) ? userAttributes(key) : fixed(attributes(key), view);
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String name : asked.substring(colon + 1).split(",", -1)) {
            if (name.equals("*")) {
                chosen.putAll(all);
            } else if (all.containsKey(name)) {
                chosen.put(name, all.get(name));
            } else {
                throw new IllegalArgumentException("'" + name + "' not recognized");
            }
        }
        return chosen;
    }

    private Map<String, Object> userAttributes(Key key) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        UserDefinedFileAttributeView view = new NumberedAttributes(tree, users().orElseThrow(), key);
        for (String name : view.list()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            all.put(name, value.array());
        }
        return all;
    }

    private static Map<String, Object> fixed(PosixFileAttributes attributes, String view) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (!view.equals(BASIC)) {
            all.put("owner", attributes.owner());
        }
        if (view.equals(OWNER)) {
            return all;
        }
        if (view.equals(POSIX)) {
            all.put("group", attributes.group());
            all.put("permissions", attributes.permissions());
        }
        all.put("size", attributes.size());
        all.put("lastModifiedTime", attributes.lastModifiedTime());
        all.put("lastAccessTime", attributes.lastAccessTime());
        all.put("creationTime", attributes.creationTime());
        all.put("isDirectory", attributes.isDirectory());
        all.put("isRegularFile", attributes.isRegularFile());
        all.put("isSymbolicLink", attributes.isSymbolicLink());
        all.put("isOther", attributes.isOther());
        all.put("fileKey", attributes.fileKey());
        return all;
    }

    /** Sets an attribute, such as {@code lastModifiedTime}. */
    public void set(Key key, String asked, Object value) throws IOException {
        int colon = asked.indexOf(':');
        String view = colon < 0 ? BASIC : asked.substring(0, colon);
        String name = asked.substring(colon + 1);
        requireKnown(view);
        if (view.equals(USER)) {
            ByteBuffer bytes = value instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) value;
            new NumberedAttributes(tree, users().orElseThrow(), key).write(name, bytes);
            return;
        }
        switch (name) {
            case "lastModifiedTime" -> tree.setModified(key, ((FileTime) value).toInstant());
            case "lastAccessTime", "creationTime" -> tree.status(key); // images keep the time of the last change alone
            case "owner", "group", "permissions" -> {
                if (!value.equals(fixed(attributes(key), POSIX).get(name))) {
                    throw new UnsupportedOperationException("an image knows no owners and permissions");
                }
            }
            default -> throw new IllegalArgumentException("'" + asked + "' not recognized");
        }
    }
}
