package dev.morgana.interop.peer;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import java.nio.ByteBuffer;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Our side, on a format that is a tree. */
final class OurTreeParticipant implements Participant {
    private final Morgana morgana = Morgana.load();
    private final String address;
    private final String root;
    private final String format;
    private KeyValueStore store;

    OurTreeParticipant(String address) {
        this(address, "");
    }

    /** @param root what the peer writes before a path that begins at the root */
    OurTreeParticipant(String address, String root) {
        this(address, root, "");
    }

    private OurTreeParticipant(String address, String root, String format) {
        this.address = address;
        this.root = root;
        this.format = format;
    }

    /** @param format options that count when an image is made, and are not given when it is opened */
    static OurTreeParticipant madeWith(String address, String format) {
        return new OurTreeParticipant(address, "", format);
    }

    @Override
    public String name() {
        return "Morgana";
    }

    @Override
    public void format() throws StoreException {
        morgana.create(address + format).close();
    }

    @Override
    public void open() throws StoreException {
        store = morgana.open(address);
    }

    @Override
    public void apply(Step step) throws Exception {
        if (step instanceof Step.Put put) {
            store.set(key(put.key()), put.value());
        } else if (step instanceof Step.Delete delete) {
            delete(key(delete.key()));
        } else if (step instanceof Step.MakeDirectory directory) {
            store.facet(Dictionaries.class).orElseThrow().create(key(directory.key()));
        } else if (step instanceof Step.Rename rename) {
            store.rename(key(rename.from()), key(rename.to()), RenameMode.EXACT);
        } else if (step instanceof Step.Append append) {
            store.write(
                    key(append.key()),
                    store.size(key(append.key())),
                    ByteBuffer.wrap(append.value()),
                    BeyondEnd.APPEND);
        } else if (step instanceof Step.Truncate truncate) {
            truncate(key(truncate.key()), truncate.size());
        } else if (step instanceof Step.SetAttribute attribute) {
            attributes().orElseThrow().set(key(attribute.key()), attribute.type(), attribute.value());
        } else {
            throw new AssertionError("no step of a tree: " + step);
        }
    }

    private void delete(Key key) throws StoreException {
        if (store.kind(key).orElseThrow() == Kind.DICTIONARY) {
            store.facet(Dictionaries.class).orElseThrow().removeEmpty(key);
        } else {
            store.remove(key);
        }
    }

    private void truncate(Key key, int size) throws Exception {
        FileHandles handles = store.facet(FileHandles.class).orElseThrow();
        try (FileHandle handle = handles.open(key, Set.of(StandardOpenOption.WRITE))) {
            handle.truncate(size);
        }
    }

    private static Key key(Name name) {
        return Key.of(name.toString());
    }

    private Optional<UserAttributes> attributes() {
        return store.facet(UserAttributes.class);
    }

    @Override
    public SortedMap<Name, Row> list() throws StoreException {
        TreeMap<Name, Row> rows = new TreeMap<>();
        list(Key.ROOT, rows);
        return rows;
    }

    private void list(Key dictionary, SortedMap<Name, Row> rows) throws StoreException {
        List<Entry> entries;
        try (Stream<Entry> stream = store.list(dictionary)) {
            entries = stream.toList();
        }
        for (Entry entry : entries) {
            boolean directory = entry.kind() == Kind.DICTIONARY;
            byte[] content = directory ? new byte[0] : store.get(entry.key());
            Row row = Row.of(directory ? "dir" : "file", content, attributesOf(entry.key()));
            rows.put(Name.of(root + new Name(entry.key().toBytes())), row);
            if (directory) {
                list(entry.key(), rows);
            }
        }
    }

    private SortedMap<Integer, String> attributesOf(Key key) throws StoreException {
        TreeMap<Integer, String> found = new TreeMap<>();
        if (attributes().isPresent()) {
            UserAttributes attributes = attributes().get();
            for (int type : attributes.types(key)) {
                byte[] value = attributes.get(key, type).orElseThrow();
                found.put(type, HexFormat.of().formatHex(value));
            }
        }
        return found;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
