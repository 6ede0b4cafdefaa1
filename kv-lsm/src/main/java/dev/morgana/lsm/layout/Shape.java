package dev.morgana.lsm.layout;

import java.util.Optional;

/**
 * What an image looks like and does not say of itself, and the numbers that follow from it (sections 2, 3 and 22).
 *
 * @param pageSize the erase unit, in bytes
 * @param maxPageCount decides how long skip lists are and how many files there are
 * @param align the smallest program unit, in bytes
 * @param eraseValue the byte of erased space
 * @param crc whether headers and chunks have checksums
 * @param maxKeySize the longest key that is written, in bytes
 * @param maxValueSize the longest value that is written, in bytes
 * @param branchingFactor how many files a level has
 * @param maxChunkSize the longest chunk, in bytes
 * @param scratchPageCount pages kept free in addition to those that compaction needs
 */
public record Shape(
        int pageSize,
        int maxPageCount,
        int align,
        byte eraseValue,
        boolean crc,
        int maxKeySize,
        int maxValueSize,
        int branchingFactor,
        int maxChunkSize,
        int scratchPageCount) {
    private static final int HEADER_UNIT = 4;
    private static final int MOST_RECORD_HEADER = 4;
    private static final int MOST_PAYLOAD = 0xffff;

    /** What is wrong with an option. */
    public record Fault(String option, String reason) {}

    /** A number rounded up to a multiple of the alignment. */
    public int aligned(int bytes) {
        return roundUp(bytes, align);
    }

    private static int roundUp(int bytes, int unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    /** The bytes before the meta header or the data header. */
    public int pageHeaderBytes() {
        return aligned(crc ? 12 : 8);
    }

    /** The meta header. */
    public int metaHeaderBytes() {
        return aligned(8);
    }

    /** The data header. */
    public int dataHeaderBytes() {
        return roundUp(dataHeaderFields(), Math.max(HEADER_UNIT, align));
    }

    /** The fields of the data header, without the padding. */
    int dataHeaderFields() {
        return 4 + 2 * skipLength() + 2;
    }

    /** Where the chunks of a meta page begin. */
    public int metaStart() {
        return pageHeaderBytes() + metaHeaderBytes();
    }

    /** Where the chunks of a data page begin. */
    public int dataStart() {
        return pageHeaderBytes() + dataHeaderBytes();
    }

    /** The header of a chunk. */
    public int chunkHeaderBytes() {
        return crc ? 8 : 4;
    }

    /** The longest payload of a chunk that is accepted. */
    public int maxChunk() {
        return Math.min(maxChunkSize, pageSize - pageHeaderBytes() - chunkHeaderBytes());
    }

    /**
     * The longest payload of a chunk that is written. Where the header is shorter than a unit, newer versions of the reference
     * implementation limit header and payload together (section 22).
     */
    public int maxWrittenChunk() {
        return align > chunkHeaderBytes()
                ? Math.min(maxChunk(), maxChunkSize / align * align - chunkHeaderBytes())
                : maxChunk();
    }

    /** The bytes that a chunk takes, its header and padding included. */
    public int chunkBytes(int payload) {
        return aligned(chunkHeaderBytes() + payload);
    }

    /** The payload of a full data page. */
    public int payload() {
        int room = pageSize - pageHeaderBytes() - dataHeaderBytes();
        int largest = aligned(maxChunk() + chunkHeaderBytes());
        return room / largest * maxChunk() + Math.max(0, room % largest - chunkHeaderBytes());
    }

    /** The payload that fits behind an offset of a page, in as many chunks as it takes. */
    public int room(int offset) {
        int room = pageSize - offset;
        int largest = chunkBytes(maxWrittenChunk());
        return room / largest * maxWrittenChunk() + Math.max(0, room % largest - chunkHeaderBytes());
    }

    /** The payload that is written into a data page; less than {@link #payload()} where chunks are written shorter. */
    public int writtenPayload() {
        return Math.min(payload(), room(dataStart()));
    }

    /** How many entries a skip list has. */
    public int skipLength() {
        return log2(maxPageCount) - 2;
    }

    /** The distance of positions of entry 0, as a power of two. */
    public int skipShift() {
        return log2(payload()) + 1;
    }

    /** How many levels the tree has. */
    public int levels() {
        int levels = 0;
        for (long reach = branchingFactor; reach <= maxPageCount; reach *= branchingFactor) {
            levels++;
        }
        return levels;
    }

    /** How many files there may be, file 0 included. */
    public int files() {
        return branchingFactor * levels() + 1;
    }

    /** The bits of the length of a key. */
    public int keyBits() {
        return bits(maxKeySize);
    }

    /** The bits of the length of a value. */
    public int valueBits() {
        return bits(maxValueSize);
    }

    /** The header of a record. */
    public int recordHeaderBytes() {
        return (1 + keyBits() + valueBits() + 7) / 8;
    }

    /** The pages of the largest record, as the reference implementation counts them. */
    public int largestRecordPages() {
        return (int) ((4L + maxKeySize + maxValueSize + payload() - 1) / payload());
    }

    /** The pages that stay free, so that compaction can always go on. */
    public int minFreePages() {
        return 1 + scratchPageCount + 1 + branchingFactor + largestRecordPages();
    }

    /** This shape with other limits for keys and values. */
    public Shape withSizes(int keySize, int valueSize) {
        return new Shape(
                pageSize,
                maxPageCount,
                align,
                eraseValue,
                crc,
                keySize,
                valueSize,
                branchingFactor,
                maxChunkSize,
                scratchPageCount);
    }

    /** This shape with another alignment. */
    public Shape withAlign(int unit) {
        return new Shape(
                pageSize,
                maxPageCount,
                unit,
                eraseValue,
                crc,
                maxKeySize,
                maxValueSize,
                branchingFactor,
                maxChunkSize,
                scratchPageCount);
    }

    /** The first option that the format cannot have. */
    public Optional<Fault> fault() {
        Optional<Fault> unit = unitFault();
        if (unit.isPresent()) {
            return unit;
        }
        if (keyBits() + valueBits() + 1 > MOST_RECORD_HEADER * 8) {
            return fault("maxValueSize", "a key and a value of these sizes need more than 32 bits for their lengths");
        }
        if (payload() < 1 || payload() > MOST_PAYLOAD) {
            return fault("pageSize", "a page of " + pageSize + " bytes has no room for data, or too much");
        }
        if (minFreePages() >= maxPageCount / 2) {
            return fault(
                    "maxPageCount",
                    minFreePages() + " pages must stay free, which is not less than half of " + maxPageCount);
        }
        if (files() * MetaEntry.BYTES > Math.min(maxChunk(), pageSize - metaStart() - chunkHeaderBytes())) {
            return fault("maxPageCount", "the entries of " + files() + " files do not fit into one chunk of a page");
        }
        return Optional.empty();
    }

    private Optional<Fault> unitFault() {
        if (Integer.bitCount(align) != 1 || align > 16) {
            return fault("align", align + " is none of 1, 2, 4, 8 and 16");
        }
        if (pageSize % align != 0 || pageSize % HEADER_UNIT != 0) {
            return fault("pageSize", pageSize + " is not a multiple of 4 and of the alignment");
        }
        if (maxChunkSize % align != 0 || maxWrittenChunk() < 1) {
            return fault("maxChunkSize", maxChunkSize + " is not a multiple of the alignment, or has no room");
        }
        if (skipLength() < 1) {
            return fault("maxPageCount", maxPageCount + " is less than 8");
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(String option, String reason) {
        return Optional.of(new Fault(option, reason));
    }

    private static int bits(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    static int log2(int number) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
    }
}
