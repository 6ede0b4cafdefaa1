package dev.morgana.nio.view;

import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;

/** The user attributes of a file under the names that the command prints: {@code 0x74}. */
record NumberedAttributes(Tree tree, UserAttributes attributes, Key key) implements UserDefinedFileAttributeView {
    private static final int LARGEST = 255;

    @Override
    public String name() {
        return "user";
    }

    @Override
    public List<String> list() throws IOException {
        tree.status(key);
        return attributes.types(key).stream()
                .map(type -> String.format("0x%02x", type))
                .toList();
    }

    private int type(String attribute) throws FileSystemException {
        try {
            int type = Integer.decode(attribute);
            if (type >= 0 && type <= LARGEST) {
                return type;
            }
        } catch (NumberFormatException e) {
            throw wrongName(attribute);
        }
        throw wrongName(attribute);
    }

    private FileSystemException wrongName(String attribute) {
        return new FileSystemException(
                key.toString(), null, "attributes have numbers from 0x00 to 0xff for names, not '" + attribute + "'");
    }

    private byte[] value(String attribute) throws IOException {
        tree.status(key);
        Optional<byte[]> value = attributes.get(key, type(attribute));
        return value.orElseThrow(
                () -> new FileSystemException(key.toString(), null, "has no attribute '" + attribute + "'"));
    }

    @Override
    public int size(String attribute) throws IOException {
        return value(attribute).length;
    }

    @Override
    public int read(String attribute, ByteBuffer target) throws IOException {
        byte[] value = value(attribute);
        if (value.length > target.remaining()) {
            throw new FileSystemException(
                    key.toString(), null, "attribute '" + attribute + "' has " + value.length + " bytes");
        }
        target.put(value);
        return value.length;
    }

    @Override
    public int write(String attribute, ByteBuffer source) throws IOException {
        requireWritable();
        byte[] value = new byte[source.remaining()];
        source.get(value);
        attributes.set(key, type(attribute), value);
        return value.length;
    }

    @Override
    public void delete(String attribute) throws IOException {
        requireWritable();
        value(attribute);
        attributes.remove(key, type(attribute));
    }

    private void requireWritable() throws IOException {
        tree.status(key);
        if (tree.isReadOnly()) {
            throw new ReadOnlyFileSystemException();
        }
    }
}
