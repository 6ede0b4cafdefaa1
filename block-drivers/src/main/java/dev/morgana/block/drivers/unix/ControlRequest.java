package dev.morgana.block.drivers.unix;

/**
 * Requests of {@code ioctl} that the driver makes. The numbers are the ABI of the systems ({@code linux/fs.h},
 * {@code mtd/mtd-abi.h}, {@code sys/disk.h}); the tests compare those of Linux with what a C compiler says.
 */
enum ControlRequest {
    /** Size of a logical sector in bytes: an int. */
    BLKSSZGET(0x1268),
    /** Size of a block device in bytes: 64 bits. */
    BLKGETSIZE64(0x80081272L),
    /** Whether the device is read-only: an int. */
    BLKROGET(0x125e),
    /** Discards a range: start and length, 64 bits each. */
    BLKDISCARD(0x1277),
    /** Whether discarded sectors read as zeros: an int. */
    BLKDISCARDZEROES(0x127c),
    /** Fills a range with zeros, as the device does it best: start and length, 64 bits each. */
    BLKZEROOUT(0x127f),
    /** What an MTD device is: {@link MtdInfo}. */
    MEMGETINFO(0x80204d01L),
    /** Erases blocks: start and length, 64 bits each. */
    MEMERASE64(0x40104d14L),
    /** Whether the block at an offset (64 bits) is bad: the answer itself. */
    MEMGETBADBLOCK(0x40084d0bL),
    /** Marks the block at an offset (64 bits) as bad, for ever. */
    MEMSETBADBLOCK(0x40084d0cL),
    /** macOS: size of a sector, 32 bits. */
    DKIOCGETBLOCKSIZE(0x40046418L),
    /** macOS: number of sectors, 64 bits. */
    DKIOCGETBLOCKCOUNT(0x40086419L);

    private final long number;

    ControlRequest(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }
}
