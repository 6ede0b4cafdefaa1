/** Drivers for memory and files, and layers over any device. */
module dev.morgana.block.drivers {
    requires transitive dev.morgana.spi;

    // jnr-ffi generates code with ASM, which it does not declare; without any of them mem and file work all the same
    requires static org.jnrproject.ffi;
    requires static org.objectweb.asm;
    requires static org.objectweb.asm.commons;
    requires static org.objectweb.asm.util;
    requires static org.jspecify;

    exports dev.morgana.block.drivers;
    exports dev.morgana.block.drivers.file;
    exports dev.morgana.block.drivers.layer;
    exports dev.morgana.block.drivers.mem;
    exports dev.morgana.block.drivers.unix;

    provides dev.morgana.spi.provider.BlockDeviceProvider with
            dev.morgana.block.drivers.file.FileDriver,
            dev.morgana.block.drivers.mem.MemDriver,
            dev.morgana.block.drivers.unix.NativeDriver;
    provides dev.morgana.spi.provider.BlockLayerProvider with
            dev.morgana.block.drivers.layer.PartitionLayer,
            dev.morgana.block.drivers.layer.ReadOnlyLayer,
            dev.morgana.block.drivers.layer.StatisticsLayer,
            dev.morgana.block.drivers.layer.NorLayer,
            dev.morgana.block.drivers.layer.PowerCutLayer,
            dev.morgana.block.drivers.layer.BadBlockLayer,
            dev.morgana.block.drivers.layer.WearLimitLayer,
            dev.morgana.block.drivers.layer.ReadFailLayer;
}
