package dev.morgana.block.drivers.unix;

/**
 * What was opened.
 *
 * @param descriptor the file descriptor
 * @param size of the medium in bytes
 * @param sector of the device in bytes; 1 for a file
 * @param unit in which requests must come, in bytes: the sector (a page for files) where the page cache is bypassed, else 1
 * @param zeroing how it gets zeros
 */
record OpenDescriptor(int descriptor, long size, int sector, int unit, Zeroing zeroing) {
    /** Of the memory of a transfer, in bytes. */
    int alignment() {
        return unit == 1 ? 1 : AlignedBuffers.ALIGNMENT;
    }
}
