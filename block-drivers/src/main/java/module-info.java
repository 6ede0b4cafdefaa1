/** Drivers for memory and files, and layers over any device. */
module dev.morgana.block.drivers {
    requires transitive dev.morgana.spi;
    requires static org.jspecify;

    exports dev.morgana.block.drivers;
    exports dev.morgana.block.drivers.file;
    exports dev.morgana.block.drivers.layer;
    exports dev.morgana.block.drivers.mem;

    provides dev.morgana.spi.provider.BlockDeviceProvider with
            dev.morgana.block.drivers.file.FileDriver,
            dev.morgana.block.drivers.mem.MemDriver;
    provides dev.morgana.spi.provider.BlockLayerProvider with
            dev.morgana.block.drivers.layer.PartitionLayer,
            dev.morgana.block.drivers.layer.ReadOnlyLayer,
            dev.morgana.block.drivers.layer.StatisticsLayer,
            dev.morgana.block.drivers.layer.NorLayer,
            dev.morgana.block.drivers.layer.PowerCutLayer,
            dev.morgana.block.drivers.layer.BadBlockLayer,
            dev.morgana.block.drivers.layer.WearLimitLayer;
}
