/** The contract of Morgana's devices and stores as reusable tests, the power-loss engine, and test doubles. */
module dev.morgana.tck {
    requires transitive dev.morgana.spi;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.morgana.tck.device;
    exports dev.morgana.tck.model;
    exports dev.morgana.tck.power;
    exports dev.morgana.tck.readerror;
    exports dev.morgana.tck.reference;
    exports dev.morgana.tck.store;

    // The tests are not public, so that subclasses neither hide nor document them; JUnit finds them all the same.
    opens dev.morgana.tck.device to
            org.junit.platform.commons;
    opens dev.morgana.tck.store to
            org.junit.platform.commons;

    provides dev.morgana.spi.provider.StoreProvider with
            dev.morgana.tck.reference.ReferenceProvider,
            dev.morgana.tck.reference.ReferenceFlatProvider;
}
