/** littlefs 2.0 and 2.1, and chamelon's dialect of it. */
module dev.morgana.littlefs {
    requires transitive dev.morgana.spi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.morgana.littlefs;

    provides dev.morgana.spi.provider.StoreProvider with
            dev.morgana.littlefs.LittleFsProvider;
}
