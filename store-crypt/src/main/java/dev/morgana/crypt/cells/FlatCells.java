package dev.morgana.crypt.cells;

import dev.morgana.crypt.seal.Names;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.FlatStore;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The sealed values of a flat store. */
public final class FlatCells implements Cells {
    private static final byte[] NO_PARENT = {};

    private final FlatStore flat;
    private final Optional<Names> names;
    private final Damage damage;

    public FlatCells(FlatStore flat, Optional<Names> names, Damage damage) {
        this.flat = flat;
        this.names = names;
        this.damage = damage;
    }

    @Override
    public FlatStore store() {
        return flat;
    }

    @Override
    public byte[] rawKey(byte[] name) {
        return names.isEmpty() || OwnNames.contain(name) ? name : names.get().hide(NO_PARENT, name);
    }

    /** The name of a raw key that is not one of the layer's own. */
    byte[] name(byte[] raw) throws CorruptStoreException {
        if (names.isEmpty()) {
            return raw;
        }
        return names.get()
                .reveal(NO_PARENT, raw)
                .orElseThrow(() -> damage.at(raw, 0, "a name that was hidden under this key", "another one"));
    }

    @Override
    public Optional<byte[]> get(byte[] name) throws StoreException {
        return flat.get(rawKey(name));
    }

    @Override
    public Optional<InputStream> open(byte[] name) throws StoreException {
        return flat.open(rawKey(name));
    }

    @Override
    public OptionalInt read(byte[] name, long offset, ByteBuffer target) throws StoreException {
        return flat.read(rawKey(name), offset, target);
    }

    @Override
    public OptionalLong size(byte[] name) throws StoreException {
        return flat.size(rawKey(name));
    }

    @Override
    public void put(byte[] name, byte[] sealed) throws StoreException {
        flat.put(rawKey(name), sealed);
    }

    @Override
    public void put(byte[] name, InputStream sealed) throws StoreException {
        flat.put(rawKey(name), sealed);
    }

    @Override
    public void rewrite(byte[] name, InputStream sealed) throws StoreException {
        put(name, sealed);
    }

    @Override
    public boolean remove(byte[] name) throws StoreException {
        return flat.remove(rawKey(name));
    }

    @Override
    public Optional<byte[]> anyRawKey() throws StoreException {
        try (Stream<byte[]> keys = flat.keys()) {
            return keys.filter(raw -> !OwnNames.contain(raw)).findFirst();
        }
    }

    @Override
    public void visit(Visitor visitor) throws StoreException {
        try (Stream<byte[]> keys = flat.keys()) {
            Iterator<byte[]> iterator = keys.iterator();
            while (iterator.hasNext()) {
                byte[] raw = iterator.next();
                if (!OwnNames.contain(raw)) {
                    visit(raw, visitor);
                }
            }
        }
    }

    @Override
    public void removeStrangers() throws StoreException {
        List<byte[]> strangers = new ArrayList<>();
        try (Stream<byte[]> keys = flat.keys()) {
            keys.filter(raw -> !OwnNames.contain(raw) && !isOurs(raw)).forEach(strangers::add);
        }
        for (byte[] raw : strangers) {
            flat.remove(raw);
        }
    }

    private boolean isOurs(byte[] raw) {
        return names.isEmpty() || names.get().reveal(NO_PARENT, raw).isPresent();
    }

    private void visit(byte[] raw, Visitor visitor) throws StoreException {
        byte[] name;
        try {
            name = name(raw);
        } catch (CorruptStoreException e) {
            visitor.damaged(e);
            return;
        }
        visitor.visit(name);
    }
}
