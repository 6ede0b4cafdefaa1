package dev.morgana.spi;

import dev.morgana.spi.error.UnknownProviderException;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.provider.StoreProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is installed, by name. A provider that cannot be loaded is left out and told of, so that it does not stop the others. */
final class Providers implements AddressReader.Names {
    private final Map<String, StoreProvider> formats = new TreeMap<>();
    private final Map<String, StoreLayerProvider> storeLayers = new TreeMap<>();
    private final Map<String, BlockDeviceProvider> drivers = new TreeMap<>();
    private final Map<String, BlockLayerProvider> deviceLayers = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** How one kind of provider is found: by class loader, by module layer, or given. */
    interface Source {
        <P> Iterable<P> providers(Class<P> type);
    }

    Providers(Source source) {
        load(source.providers(StoreProvider.class), StoreProvider::format, formats);
        load(source.providers(StoreLayerProvider.class), StoreLayerProvider::layer, storeLayers);
        load(source.providers(BlockDeviceProvider.class), BlockDeviceProvider::driver, drivers);
        load(source.providers(BlockLayerProvider.class), BlockLayerProvider::layer, deviceLayers);
    }

    static Providers of(ClassLoader loader) {
        return new Providers(new Source() {
            @Override
            public <P> Iterable<P> providers(Class<P> type) {
                return load(type, loader);
            }
        });
    }

    static Providers of(ModuleLayer layer) {
        return new Providers(new Source() {
            @Override
            public <P> Iterable<P> providers(Class<P> type) {
                return load(type, layer);
            }
        });
    }

    /** {@code uses} counts for the module that calls {@link ServiceLoader}, hence here. */
    private static <P> Iterable<P> load(Class<P> type, ClassLoader loader) {
        return ServiceLoader.load(type, loader);
    }

    private static <P> Iterable<P> load(Class<P> type, ModuleLayer layer) {
        return ServiceLoader.load(layer, type);
    }

    private <P> void load(Iterable<P> providers, Function<P, String> name, Map<String, P> byName) {
        Iterator<P> iterator = providers.iterator();
        boolean more = true;
        while (more) {
            try {
                more = iterator.hasNext();
                if (more) {
                    add(iterator.next(), name, byName);
                }
            } catch (ServiceConfigurationError e) {
                problems.add("a provider could not be loaded: " + e.getMessage());
            } catch (LinkageError e) {
                problems.add("a provider could not be loaded: " + e);
            }
        }
    }

    private <P> void add(P provider, Function<P, String> name, Map<String, P> byName) {
        P first = byName.putIfAbsent(name.apply(provider), provider);
        if (first != null) {
            problems.add(provider.getClass().getName() + " is left out: its name " + name.apply(provider)
                    + " is taken by " + first.getClass().getName());
        }
    }

    List<StoreProvider> formats() {
        return List.copyOf(formats.values());
    }

    List<StoreLayerProvider> storeLayers() {
        return List.copyOf(storeLayers.values());
    }

    List<BlockDeviceProvider> drivers() {
        return List.copyOf(drivers.values());
    }

    List<BlockLayerProvider> deviceLayers() {
        return List.copyOf(deviceLayers.values());
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    StoreProvider format(String name) throws UnknownProviderException {
        return known("format", name, formats);
    }

    StoreLayerProvider storeLayer(String name) throws UnknownProviderException {
        return known("store layer", name, storeLayers);
    }

    BlockDeviceProvider driver(String name) throws UnknownProviderException {
        return known("driver", name, drivers);
    }

    BlockLayerProvider deviceLayer(String name) throws UnknownProviderException {
        return known("device layer", name, deviceLayers);
    }

    private static <P> P known(String kind, String name, Map<String, P> byName) throws UnknownProviderException {
        @Nullable P provider = byName.get(name);
        if (provider == null) {
            throw new UnknownProviderException(kind, name, byName.keySet());
        }
        return provider;
    }

    @Override
    public boolean isFormat(String name) {
        return formats.containsKey(name);
    }

    @Override
    public boolean isStoreLayer(String name) {
        return storeLayers.containsKey(name);
    }

    @Override
    public boolean isDeviceLayer(String name) {
        return deviceLayers.containsKey(name);
    }

    @Override
    public boolean isDriver(String name) {
        return drivers.containsKey(name);
    }

    @Override
    public boolean isFile(String path) {
        try {
            return java.nio.file.Files.exists(java.nio.file.Path.of(path));
        } catch (java.nio.file.InvalidPathException e) {
            return false;
        }
    }
}
