/**
 * Morgana's service interfaces: block devices, stores, keys, errors, providers, and the façade {@link dev.morgana.spi.Morgana}
 * that joins what {@link java.util.ServiceLoader} finds.
 */
module dev.morgana.spi {
    requires static transitive org.jspecify;

    exports dev.morgana.spi;
    exports dev.morgana.spi.adapter;
    exports dev.morgana.spi.backend;
    exports dev.morgana.spi.block;
    exports dev.morgana.spi.error;
    exports dev.morgana.spi.facet;
    exports dev.morgana.spi.key;
    exports dev.morgana.spi.option;
    exports dev.morgana.spi.provider;
    exports dev.morgana.spi.store;

    uses dev.morgana.spi.provider.BlockDeviceProvider;
    uses dev.morgana.spi.provider.BlockLayerProvider;
    uses dev.morgana.spi.provider.StoreLayerProvider;
    uses dev.morgana.spi.provider.StoreProvider;
}
