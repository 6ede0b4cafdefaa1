/** littlefs 2.0 and 2.1. */
module dev.morgana.littlefs {
    requires transitive dev.morgana.spi;
    requires org.slf4j;
    requires static org.jspecify;
}
