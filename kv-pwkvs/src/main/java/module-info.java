/** pw_kvs, the key-value store of Pigweed. */
module dev.morgana.pwkvs {
    requires transitive dev.morgana.spi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.morgana.pwkvs;

    provides dev.morgana.spi.provider.StoreProvider with
            dev.morgana.pwkvs.PwKvsProvider;
}
