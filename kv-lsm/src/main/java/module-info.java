/** ekv: transactions and snapshots on raw flash, kept in an LSM tree of sorted files; and ekv-fs, files on it. */
module dev.morgana.lsm {
    requires transitive dev.morgana.spi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.morgana.lsm;

    provides dev.morgana.spi.provider.StoreProvider with
            dev.morgana.lsm.EkvProvider,
            dev.morgana.lsm.EkvFsProvider;
}
