/** The format {@code toy}: an example of a whole backend. */
module com.example.toy {
    requires transitive dev.morgana.spi;
    requires static org.jspecify;

    exports com.example.toy;

    provides dev.morgana.spi.provider.StoreProvider with
            com.example.toy.ToyProvider;
}
