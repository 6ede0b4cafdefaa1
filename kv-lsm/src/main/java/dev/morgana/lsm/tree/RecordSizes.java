package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.RecordHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many bits of a record header are for the length of the key, and how many for that of the value: the records of a file
 * must end where the file does, with ascending keys.
 *
 * @param keyBits from 1
 * @param valueBits from 1
 */
public record RecordSizes(int keyBits, int valueBits) {
    private static final int MOST_KEY_BITS = 16;
    private static final int MOST_BITS = 31;
    private static final int MOST_SAMPLE = 1 << 20;
    private static final int LEAST_RECORDS = 3;
    private static final int QUICK_PAGES = 4;

    /**
     * Whether the first records of a file are as the options say, or there are none. Only wrong options make no sense of every
     * file; damage is in one of them.
     */
    public static boolean fit(Tree tree, Shape shape) throws StoreException {
        return Score.of(tree, shape).isPossible();
    }

    /**
     * The same for sizes that nobody said. Where some files make sense and some do not, a short one may look right by chance: then
     * no other sizes may explain more files.
     */
    public static boolean fitBest(Tree tree, Shape shape) throws StoreException {
        Score own = Score.of(tree, shape);
        if (own.misfits == 0 || own.fits == 0) {
            return own.isPossible();
        }
        Optional<RecordSizes> other = find(tree, shape);
        return other.isEmpty() || Score.of(tree, other.get().in(shape)).fits <= own.fits;
    }

    /** How many files make sense, and how many do not; what is damaged, or but a part of one record, says nothing. */
    private record Score(int fits, int misfits) {
        static Score of(Tree tree, Shape shape) throws StoreException {
            long limit = (long) QUICK_PAGES * shape.payload();
            int fits = 0;
            int misfits = 0;
            for (LsmFile file : tree.table().newestFirst()) {
                byte[] sample = sample(tree, file, limit);
                boolean whole = file.bytes() <= limit;
                int records = sample == null ? 1 : records(sample, shape, whole);
                fits += sample != null && (records > 1 || (records == 1 && whole)) ? 1 : 0;
                misfits += records == 0 ? 1 : 0;
            }
            return new Score(fits, misfits);
        }

        boolean isPossible() {
            return fits > 0 || misfits == 0;
        }
    }

    private Shape in(Shape shape) {
        return shape.withSizes((1 << keyBits) - 1, (1 << valueBits) - 1);
    }

    /** What the records of the largest file say: the likeliest, empty if there are too few or they are damaged. */
    public static Optional<RecordSizes> find(Tree tree, Shape usual) throws StoreException {
        LsmFile largest = null;
        for (LsmFile file : tree.table().newestFirst()) {
            largest = largest == null || file.bytes() > largest.bytes() ? file : largest;
        }
        byte[] sample = largest == null ? null : sample(tree, largest, MOST_SAMPLE);
        if (sample == null) {
            return Optional.empty();
        }
        RecordSizes best = null;
        int most = LEAST_RECORDS - 1;
        for (int key = 1; key <= MOST_KEY_BITS; key++) {
            for (int value = 1; key + value < MOST_BITS; value++) {
                RecordSizes sizes = new RecordSizes(key, value);
                int records = records(sample, sizes.in(usual), true);
                if (records > most) {
                    most = records;
                    best = sizes;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The first bytes of a file, or null if they are damaged. */
    private static byte @Nullable [] sample(Tree tree, LsmFile file, long mostBytes) throws StoreException {
        byte[] bytes = new byte[(int) Math.min(file.bytes(), mostBytes)];
        try {
            new FileReader(file, tree.payloads()).read(file.first(), bytes, 0, bytes.length);
        } catch (CorruptStoreException e) {
            return null;
        }
        return bytes;
    }

    /** How many records there are, or 0 if the bytes are none; the last one may be cut off unless the sample is whole. */
    private static int records(byte[] sample, Shape shape, boolean whole) {
        int headerBytes = shape.recordHeaderBytes();
        int place = 0;
        int count = 0;
        byte[] previous = null;
        while (place + headerBytes <= sample.length) {
            RecordHeader header = RecordHeader.decode(shape, Arrays.copyOfRange(sample, place, place + headerBytes));
            long end = place + header.recordBytes(shape);
            if (header.fault(shape).isPresent() || (whole && end > sample.length)) {
                return 0;
            }
            count++;
            if (end > sample.length) {
                return count;
            }
            int key = place + headerBytes;
            byte[] found = Arrays.copyOfRange(sample, key, key + header.keyLength());
            if (previous != null && Arrays.compareUnsigned(previous, found) >= 0) {
                return 0;
            }
            previous = found;
            place = (int) end;
        }
        return whole && place < sample.length ? 0 : count;
    }
}
