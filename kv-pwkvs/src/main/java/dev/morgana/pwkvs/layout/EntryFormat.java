package dev.morgana.pwkvs.layout;

/** What a magic number stands for: the algorithm of the checksum (section 3.4). */
public record EntryFormat(int magic, ChecksumAlgorithm checksum) {
    /** As in options: {@code 0xc40fd8a8:crc16-ccitt}. */
    @Override
    public String toString() {
        return String.format("0x%08x:%s", magic, checksum.word());
    }
}
