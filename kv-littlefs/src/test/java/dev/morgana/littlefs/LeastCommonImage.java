package dev.morgana.littlefs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Looks whether an image follows the rules W1 to W8 of the chamelon page, so that chamelon and the C implementation read it
 * alike, and whether ids are unique along each directory (section 6 there). Decodes the blocks by itself.
 */
final class LeastCommonImage {
    private static final int NAME_MAX = 32;
    private static final int INLINE_MAX = 1022;
    private static final long NO_BLOCK = 0xffffffffL;

    private final byte[] image;
    private final int blockSize;
    private final List<String> violations = new ArrayList<>();
    private final Set<Long> tree = new HashSet<>();

    /** A tag with its data. */
    private record Entry(int type, int id, byte[] data) {
        ByteBuffer words() {
            return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        }

        String name() {
            return new String(data, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    private LeastCommonImage(byte[] image, int blockSize) {
        this.image = image;
        this.blockSize = blockSize;
    }

    static List<String> violations(byte[] image, int blockSize) {
        LeastCommonImage look = new LeastCommonImage(image, blockSize);
        look.directory("/", 0, 1);
        look.thread();
        return look.violations;
    }

    private void require(boolean rule, String text) {
        if (!rule) {
            violations.add(text);
        }
    }

    /** The commits of the block that counts; both blocks are to say the same. */
    private List<Entry> pair(String path, long first, long second) {
        List<Entry> one = block(path, first);
        List<Entry> two = block(path, second);
        require(sameEntries(one, two), "W2 " + path + ": blocks " + first + " and " + second + " differ");
        return one;
    }

    private static boolean sameEntries(List<Entry> one, List<Entry> two) {
        boolean same = one.size() == two.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i).type == two.get(i).type
                    && one.get(i).id == two.get(i).id
                    && java.util.Arrays.equals(one.get(i).data, two.get(i).data);
        }
        return same;
    }

    private List<Entry> block(String path, long number) {
        ByteBuffer block =
                ByteBuffer.wrap(image, (int) number * blockSize, blockSize).slice();
        List<Entry> all = new ArrayList<>();
        int previous = -1;
        int start = 0;
        int counted = 0;
        block.position(4);
        while (block.remaining() >= 4) {
            int stored = block.getInt();
            int tag = stored ^ previous;
            if (stored == 0 || tag < 0) {
                break;
            }
            int length = tag & 0x3ff;
            if ((tag >>> 28) == 5) {
                require((tag >>> 20 & 0xff) != 0xff, "W1 " + path + ": a forward CRC");
                CRC32 crc = new CRC32();
                crc.update(block.duplicate().position(start).limit(block.position()));
                int expected = ~(int) crc.getValue();
                int found = block.order(ByteOrder.LITTLE_ENDIAN).getInt(block.position());
                block.order(ByteOrder.BIG_ENDIAN);
                require(expected == found, "W2 " + path + ": block " + number + " has a wrong checksum");
                require(all.size() > counted, "W3 " + path + ": a commit without entries");
                counted = all.size();
                block.position(block.position() + length);
                start = block.position();
            } else {
                byte[] data = new byte[length];
                block.get(data);
                all.add(new Entry(tag >>> 20 & 0x7ff, tag >>> 10 & 0x3ff, data));
            }
            previous = tag;
        }
        require(counted > 0 && counted == all.size(), "W2 " + path + ": block " + number + " has no whole commit");
        return all;
    }

    private void directory(String path, long first, long second) {
        Set<Integer> ids = new HashSet<>();
        String last = null;
        long a = first;
        long b = second;
        while (true) {
            require(tree.add(a) & tree.add(b), "W8 " + path + ": a pair that is used twice");
            List<Entry> entries = pair(path, a, b);
            if (a == 0 || b == 0) {
                require(
                        entries.get(0).type == 0xff
                                && entries.get(1).type == 0x201
                                && entries.get(1).words().getInt(0) == 0x20000,
                        "W2 the superblock is not first, or not of version 2.0");
            }
            TreeMap<Integer, List<Entry>> byId = new TreeMap<>();
            long[] next = null;
            for (Entry entry : entries) {
                if (entry.type == 0x600 || entry.type == 0x601) {
                    next = entry.type == 0x601
                            ? new long[] {
                                entry.words().getInt(0) & NO_BLOCK,
                                entry.words().getInt(4) & NO_BLOCK
                            }
                            : null;
                } else {
                    require(entry.type >>> 8 != 4, "W4 " + path + ": a create or a delete");
                    byId.computeIfAbsent(entry.id, id -> new ArrayList<>()).add(entry);
                }
            }
            for (var each : byId.entrySet()) {
                Entry name = each.getValue().get(0);
                if (name.type == 0xff) {
                    continue;
                }
                require(ids.add(each.getKey()), "unique ids " + path + ": " + each.getKey());
                require(name.type == 1 || name.type == 2, "W4 " + path + ": the name is not first");
                require(last == null || order(last, name.name()) < 0, "W4 " + path + ": " + last + ", " + name.name());
                last = name.name();
                require(name.data.length <= NAME_MAX, "W7 " + path + name.name());
                entry(path + name.name(), name.type == 2, each.getValue());
            }
            if (next == null) {
                return;
            }
            a = next[0];
            b = next[1];
        }
    }

    /** littlefs page, section 8.1. */
    private static int order(String a, String b) {
        return a.startsWith(b) || b.startsWith(a) ? b.length() - a.length() : a.compareTo(b);
    }

    private void entry(String path, boolean directory, List<Entry> tags) {
        List<Entry> structs = tags.stream().filter(tag -> tag.type >>> 8 == 2).toList();
        require(structs.size() == 1, "W5 " + path + ": " + structs.size() + " structs");
        Entry struct = structs.get(0);
        if (directory) {
            require(struct.type == 0x200, "W5 " + path);
            directory(
                    path + "/",
                    struct.words().getInt(0) & NO_BLOCK,
                    struct.words().getInt(4) & NO_BLOCK);
            return;
        }
        require(tags.stream().anyMatch(tag -> tag.type == 0x374 && tag.data.length == 12), "W8 " + path + ": no time");
        if (struct.type == 0x201) {
            require(struct.data.length <= Math.min(INLINE_MAX, blockSize / 4), "W6 " + path + ": too much inline");
        } else {
            require(struct.words().getInt(4) <= 2 * blockSize - 4, "W6 " + path + ": three blocks");
        }
    }

    /** The thread leads through exactly the blocks of the tree. */
    private void thread() {
        Set<Long> threaded = new HashSet<>();
        long a = 0;
        long b = 1;
        while (a != NO_BLOCK && threaded.add(a) & threaded.add(b)) {
            ByteBuffer next = null;
            for (Entry entry : block("thread", a)) {
                next = entry.type >>> 8 == 6 ? entry.words() : next;
            }
            if (next == null) {
                break;
            }
            a = next.getInt(0) & NO_BLOCK;
            b = next.getInt(4) & NO_BLOCK;
        }
        require(threaded.equals(tree), "W8 the thread has " + threaded + ", the tree " + tree);
    }
}
