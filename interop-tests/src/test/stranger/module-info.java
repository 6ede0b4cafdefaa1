/** A stranger's module: dropped on the module path, it is found. */
module stranger {
    requires dev.morgana.spi;

    exports stranger;

    provides dev.morgana.spi.provider.StoreProvider with
            stranger.ToyFormat;
    provides dev.morgana.spi.provider.BlockDeviceProvider with
            stranger.ToyDriver;
}
