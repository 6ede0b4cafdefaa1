/** Encryption with authentication over any store. */
module dev.morgana.crypt {
    requires transitive dev.morgana.spi;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports dev.morgana.crypt;

    provides dev.morgana.spi.provider.StoreLayerProvider with
            dev.morgana.crypt.CryptProvider;
}
