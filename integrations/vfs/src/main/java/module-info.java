/** Images of every installed format for Apache Commons VFS. */
module dev.morgana.vfs {
    requires transitive org.apache.commons.vfs2;
    requires dev.morgana.nio;
    requires dev.morgana.spi;
    requires static org.jspecify;

    exports dev.morgana.vfs;
}
