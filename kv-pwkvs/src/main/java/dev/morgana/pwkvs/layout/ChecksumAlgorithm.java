package dev.morgana.pwkvs.layout;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/** How an entry is protected (section 4.2). The bytes given are a whole padded entry; its checksum field counts as zero. */
public enum ChecksumAlgorithm {
    /** Two bytes; the other two of the field are neither covered nor compared. */
    CRC16_CCITT("crc16-ccitt") {
        @Override
        public int compute(byte[] bytes, int at, int size) {
            Crc16 crc = new Crc16();
            crc.update(bytes, at, EntryHeader.CHECKSUM_OFFSET);
            crc.update(ZEROS, 0, ZEROS.length);
            int covered = EntryHeader.CHECKSUM_OFFSET + ZEROS.length;
            crc.update(bytes, at + covered, size - covered);
            return crc.value();
        }

        @Override
        public boolean accepts(int stored, byte[] bytes, int at, int size) {
            return (stored & 0xffff) == compute(bytes, at, size);
        }
    },
    /** Four bytes. */
    CRC32("crc32") {
        @Override
        public int compute(byte[] bytes, int at, int size) {
            CRC32 crc = new CRC32();
            crc.update(bytes, at, EntryHeader.CHECKSUM_OFFSET);
            crc.update(ZEROS, 0, ZEROS.length);
            int covered = EntryHeader.CHECKSUM_OFFSET + ZEROS.length;
            crc.update(bytes, at + covered, size - covered);
            return (int) crc.getValue();
        }

        @Override
        public boolean accepts(int stored, byte[] bytes, int at, int size) {
            return stored == compute(bytes, at, size);
        }
    },
    /** No protection; the field must be zero. */
    NONE("none") {
        @Override
        public int compute(byte[] bytes, int at, int size) {
            return 0;
        }

        @Override
        public boolean accepts(int stored, byte[] bytes, int at, int size) {
            return stored == 0;
        }
    },
    /** No protection; the field may be anything. */
    IGNORE("ignore") {
        @Override
        public int compute(byte[] bytes, int at, int size) {
            return 0;
        }

        @Override
        public boolean accepts(int stored, byte[] bytes, int at, int size) {
            return true;
        }
    };

    private static final byte[] ZEROS = new byte[4];

    private final String word;

    ChecksumAlgorithm(String word) {
        this.word = word;
    }

    /** The name in options. */
    public String word() {
        return word;
    }

    /** The algorithm of a name, if there is one. */
    public static Optional<ChecksumAlgorithm> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** What to store in the checksum field of the entry at a place. */
    public abstract int compute(byte[] bytes, int at, int size);

    /** Whether a stored field is right for the entry at a place. */
    public abstract boolean accepts(int stored, byte[] bytes, int at, int size);
}
