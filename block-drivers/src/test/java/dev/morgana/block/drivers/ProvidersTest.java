package dev.morgana.block.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.option.Option;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The providers are found on the class path and on the module path, and describe themselves. */
final class ProvidersTest {
    private static <P> List<P> onTheClassPath(Class<P> service) {
        return ServiceLoader.load(service).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static List<String> onTheModulePath(Class<?> service) throws Exception {
        Path classes = Path.of(MediumDevice.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor module = ModuleFinder.of(classes)
                .find("dev.morgana.block.drivers")
                .orElseThrow()
                .descriptor();
        return module.provides().stream()
                .filter(provides -> provides.service().equals(service.getName()))
                .flatMap(provides -> provides.providers().stream())
                .toList();
    }

    @Test
    void driversAreMemFileAndNative() throws Exception {
        List<BlockDeviceProvider> drivers = onTheClassPath(BlockDeviceProvider.class);
        assertThat(drivers).extracting(BlockDeviceProvider::driver).containsExactlyInAnyOrder("mem", "file", "native");
        assertThat(onTheModulePath(BlockDeviceProvider.class))
                .containsExactlyInAnyOrderElementsOf(drivers.stream()
                        .map(driver -> driver.getClass().getName())
                        .toList());
    }

    @Test
    void layersAreEight() throws Exception {
        List<BlockLayerProvider> layers = onTheClassPath(BlockLayerProvider.class);
        assertThat(layers)
                .extracting(BlockLayerProvider::layer)
                .containsExactlyInAnyOrder(
                        "partition", "readonly", "stats", "nor", "powercut", "badblocks", "wearlimit", "readfail");
        assertThat(onTheModulePath(BlockLayerProvider.class))
                .containsExactlyInAnyOrderElementsOf(
                        layers.stream().map(layer -> layer.getClass().getName()).toList());
    }

    @Test
    void everyOptionIsDescribed() {
        assertThat(onTheClassPath(BlockDeviceProvider.class))
                .allSatisfy(driver -> assertDescribed(driver.description(), driver.options()));
        assertThat(onTheClassPath(BlockLayerProvider.class))
                .allSatisfy(layer -> assertDescribed(layer.description(), layer.options()));
    }

    private static void assertDescribed(String description, List<Option<?>> options) {
        assertThat(description).isNotBlank().doesNotContain("\n");
        assertThat(options).extracting(Option::name).doesNotHaveDuplicates();
        assertThat(options)
                .allSatisfy(option -> assertThat(option.description()).isNotBlank());
    }
}
