/** Images of every installed format as file systems of {@code java.nio.file}. */
module dev.morgana.nio {
    requires transitive dev.morgana.spi;
    requires static org.jspecify;

    exports dev.morgana.nio;

    provides java.nio.file.spi.FileSystemProvider with
            dev.morgana.nio.MorganaFileSystemProvider;
}
