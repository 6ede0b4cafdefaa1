/** Drivers for memory and files, and layers over any device. */
module dev.morgana.block.drivers {
    requires transitive dev.morgana.spi;
    requires org.slf4j;
    requires static org.jspecify;
}
