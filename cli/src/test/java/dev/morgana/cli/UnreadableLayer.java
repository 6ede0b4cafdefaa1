package dev.morgana.cli;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** A layer of a store under which some keys cannot be read, whatever the format: their content, or what they list. */
public final class UnreadableLayer implements StoreLayerProvider {
    private static final Option<String> DAMAGED =
            Option.text("damaged").byDefault("").describe("keys with a damaged place");
    private static final Option<String> FAILING =
            Option.text("failing").byDefault("").describe("keys with a failing place");

    @Override
    public String layer() {
        return "unreadable";
    }

    @Override
    public String description() {
        return "for tests";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(DAMAGED, FAILING);
    }

    @Override
    public void initialize(Store inner, Options options) {
        // nothing to prepare
    }

    @Override
    public Store wrap(Store inner, Options options) throws dev.morgana.spi.error.StoreException {
        List<String> damaged = List.of(options.get(DAMAGED).split(","));
        List<String> failing = List.of(options.get(FAILING).split(","));
        return (Store) Proxy.newProxyInstance(
                UnreadableLayer.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, words) -> {
                    boolean reads =
                            List.of("open", "list", "get", "digest", "read").contains(method.getName());
                    if (reads && words[0] instanceof Key key && damaged.contains(key.toString())) {
                        throw new CorruptStoreException(new Position("image", 7, 0, "thing"), "sense", "nonsense");
                    }
                    if (reads && words[0] instanceof Key key && failing.contains(key.toString())) {
                        throw new DeviceIoException("image", "read failed", 0, 1, null);
                    }
                    try {
                        return method.invoke(inner, words);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
