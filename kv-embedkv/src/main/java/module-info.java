/** embedkv: a block store of records, on one device or on several replicas. */
module dev.morgana.embedkv {
    requires transitive dev.morgana.spi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.morgana.embedkv;

    provides dev.morgana.spi.provider.StoreProvider with
            dev.morgana.embedkv.EmbedKvProvider;
}
