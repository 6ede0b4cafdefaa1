package dev.morgana.interop.peer;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must be in the image: the independent third side, which both participants are compared with. */
final class Model {
    private static final HexFormat HEX = HexFormat.of();

    private final String leaf;
    private final TreeMap<Name, Item> items = new TreeMap<>();

    /** What a name is bound to; directories hold no bytes. */
    record Item(boolean directory, byte[] content, TreeMap<Integer, String> attributes) {}

    /** @param leaf the type of an entry that is no directory, in the words of the protocol */
    Model(String leaf) {
        this.leaf = leaf;
    }

    SortedMap<Name, Row> rows() {
        TreeMap<Name, Row> rows = new TreeMap<>();
        items.forEach((name, item) ->
                rows.put(name, Row.of(item.directory ? "dir" : leaf, item.content, new TreeMap<>(item.attributes))));
        return rows;
    }

    List<Name> names(boolean directories) {
        return items.keySet().stream()
                .filter(name -> items.get(name).directory == directories)
                .toList();
    }

    boolean has(Name name) {
        return items.containsKey(name);
    }

    byte[] content(Name name) {
        return items.get(name).content;
    }

    boolean isEmpty(Name directory) {
        return items.keySet().stream().noneMatch(name -> isBelow(name, directory));
    }

    void apply(Step step) {
        if (step instanceof Step.Put put) {
            items.put(put.key(), with(put.key(), put.value()));
        } else if (step instanceof Step.Delete delete) {
            items.remove(delete.key());
        } else if (step instanceof Step.Batch batch) {
            batch.steps().forEach(this::apply);
        } else if (step instanceof Step.MakeDirectory directory) {
            items.put(directory.key(), new Item(true, new byte[0], new TreeMap<>()));
        } else if (step instanceof Step.Rename rename) {
            rename(rename.from(), rename.to());
        } else if (step instanceof Step.Append append) {
            byte[] old = items.containsKey(append.key()) ? content(append.key()) : new byte[0];
            byte[] longer = Arrays.copyOf(old, old.length + append.value().length);
            System.arraycopy(append.value(), 0, longer, old.length, append.value().length);
            items.put(append.key(), with(append.key(), longer));
        } else if (step instanceof Step.Write write) {
            byte[] old = content(write.key());
            byte[] changed = Arrays.copyOf(old, Math.max(old.length, write.offset() + write.value().length));
            System.arraycopy(write.value(), 0, changed, write.offset(), write.value().length);
            items.put(write.key(), with(write.key(), changed));
        } else if (step instanceof Step.Truncate truncate) {
            items.put(truncate.key(), with(truncate.key(), Arrays.copyOf(content(truncate.key()), truncate.size())));
        } else if (step instanceof Step.SetAttribute attribute) {
            items.get(attribute.key()).attributes.put(attribute.type(), HEX.formatHex(attribute.value()));
        }
    }

    /** The item with another content; attributes outlive a change of content. */
    private Item with(Name name, byte[] content) {
        Item old = items.get(name);
        return new Item(false, content, old == null ? new TreeMap<>() : old.attributes);
    }

    private void rename(Name from, Name to) {
        boolean directory = items.get(from).directory;
        List<Name> moved = items.keySet().stream()
                .filter(name -> name.equals(from) || (directory && isBelow(name, from)))
                .collect(Collectors.toList());
        for (Name name : moved) {
            items.put(Name.of(to + name.toString().substring(from.toString().length())), items.remove(name));
        }
    }

    private static boolean isBelow(Name name, Name directory) {
        return name.toString().startsWith(directory + "/");
    }
}
