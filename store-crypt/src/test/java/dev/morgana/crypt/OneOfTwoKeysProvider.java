package dev.morgana.crypt;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.device.KeptOpen;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An encrypted format whose key is being changed: opens with the one of two keys that it has, and fails if both are right. */
record OneOfTwoKeysProvider(EncryptedProvider encrypted, CryptKey other) implements StoreProvider {
    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        encrypted.format(devices, options);
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        Options withOther = Options.none().with(CryptOptions.KEY, () -> other).orElse(options);
        boolean isFirst = opens(devices, options);
        if (isFirst == opens(devices, withOther)) {
            throw new AssertionError(isFirst ? "both keys open the store" : "neither key opens the store");
        }
        return encrypted.open(devices, isFirst ? options : withOther);
    }

    private boolean opens(List<BlockDevice> devices, Options options) throws StoreException {
        List<BlockDevice> kept = devices.stream()
                .<BlockDevice>map(device -> new KeptOpen(device, new AtomicBoolean()))
                .toList();
        try {
            encrypted.open(kept, options).close();
            return true;
        } catch (WrongKeyException e) {
            return false;
        }
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return encrypted.inspect(devices, options);
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return encrypted.probe(devices);
    }

    @Override
    public String format() {
        return encrypted.format();
    }

    @Override
    public String description() {
        return encrypted.description();
    }

    @Override
    public int maxDevices() {
        return encrypted.maxDevices();
    }

    @Override
    public List<Option<?>> options() {
        return encrypted.options();
    }
}
