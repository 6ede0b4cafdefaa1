package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.ForwardCrc;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.facet.Dump.Structure;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Decodes metadata blocks, tag by tag, also behind a commit with a wrong checksum. */
final class LogDump {
    /** How much of a content or attribute is shown. */
    private static final int SHOWN_BYTES = 32;

    private final Blocks blocks;
    private final Dialect dialect;
    private final Consumer<Structure> structures;

    LogDump(Blocks blocks, Dialect dialect, Consumer<Structure> structures) {
        this.blocks = blocks;
        this.dialect = dialect;
        this.structures = structures;
    }

    /** Decodes a block if it has an intact commit. */
    void dumpIfUsable(long block, String role) throws DeviceException {
        try {
            LogScan scan = LogScan.of(blocks.window(block), dialect);
            if (scan.isUsable()) {
                dump(block, scan, role);
            }
        } catch (BadBlockException e) {
            dumpUnreadable(block, role);
        }
    }

    /** Decodes a block that is, or should be, metadata. */
    void dump(long block, String role) throws DeviceException {
        try {
            dump(block, LogScan.of(blocks.window(block), dialect), role);
        } catch (BadBlockException e) {
            dumpUnreadable(block, role);
        }
    }

    private void dumpUnreadable(long block, String role) {
        structures.accept(new Structure(
                blocks.position(block, 0, "metadata block"),
                blocks.size(),
                0,
                Map.of("role", role, "log end", "unreadable"),
                false));
    }

    private void dump(long block, LogScan scan, String role) throws DeviceException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("role", role);
        fields.put("revision", Integer.toUnsignedString(scan.revision()));
        fields.put("commits", Integer.toString(scan.commits()));
        fields.put("entries", Integer.toString(scan.state().entries().size()));
        fields.put(
                "log end",
                "0x" + Integer.toHexString(scan.endOffset()) + ", " + scan.end().label());
        structures.accept(
                new Structure(blocks.position(block, 0, "metadata block"), blocks.size(), 0, fields, scan.isUsable()));
        LogReader log = new LogReader(blocks.window(block), dialect);
        for (LogItem item = log.next(); item != null; item = log.next()) {
            boolean valid = item.offset() < scan.endOffset();
            if (item instanceof LogItem.Entry entry) {
                dumpEntry(block, entry, valid);
            } else if (item instanceof LogItem.Commit commit) {
                dumpCommit(block, commit, valid);
                if (!commit.isIntact()) {
                    log.resume(commit);
                }
            }
        }
    }

    private void dumpCommit(long block, LogItem.Commit commit, boolean valid) {
        Map<String, String> fields = tagFields(commit.tag());
        fields.put("stored", hex(commit.stored()));
        if (!commit.isIntact()) {
            fields.put("computed", hex(commit.computed()));
        }
        accept(block, commit, fields, valid);
    }

    private void dumpEntry(long block, LogItem.Entry entry, boolean valid) {
        Map<String, String> fields = tagFields(entry.tag());
        putData(entry.tag(), entry.data(), fields);
        accept(block, entry, fields, valid);
    }

    private void accept(long block, LogItem item, Map<String, String> fields, boolean valid) {
        structures.accept(new Structure(
                blocks.position(block, item.offset(), item.tag().label()),
                item.tag().totalLength(),
                1,
                fields,
                valid));
    }

    private static Map<String, String> tagFields(Tag tag) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("tag", hex(tag.word()));
        if (tag.id() != Tag.NO_ID) {
            fields.put("id", Integer.toString(tag.id()));
        }
        fields.put("length", tag.isDeletion() ? "deleted" : Integer.toString(tag.dataLength()));
        return fields;
    }

    private static void putData(Tag tag, byte[] data, Map<String, String> fields) {
        switch (tag.tagClass()) {
            case NAME -> fields.put("name", Key.escape(data));
            case STRUCT -> putStruct(tag, data, fields);
            case TAIL -> {
                if (data.length == BlockPair.BYTES) {
                    fields.put("pair", BlockPair.decode(data).toString());
                }
            }
            case GLOBAL -> MoveState.decode(data).ifPresent(state -> putMoveState(state, fields));
            case ATTRIBUTE -> fields.put("value", shown(data));
            case CRC -> {
                if (tag.is(TagType.FORWARD_CRC)) {
                    ForwardCrc.decode(data).ifPresent(forward -> {
                        fields.put("size", Long.toString(forward.size()));
                        fields.put("crc", hex(forward.crc()));
                    });
                }
            }
            case SPLICE, INTERNAL -> {}
        }
    }

    private static void putStruct(Tag tag, byte[] data, Map<String, String> fields) {
        EntryStruct struct = EntryStruct.decode(tag, data);
        if (struct instanceof EntryStruct.Directory directory) {
            fields.put("pair", directory.pair().toString());
        } else if (struct instanceof EntryStruct.Ctz ctz) {
            CtzHead head = ctz.head();
            fields.put("head", Long.toString(head.head()));
            fields.put("size", Long.toString(head.size()));
        } else {
            fields.put("content", shown(data));
            if (tag.id() == 0 && data.length == Superblock.BYTES) {
                Superblock.decode(data).ifPresent(superblock -> putSuperblock(superblock, fields));
            }
        }
    }

    /** What the content means if the entry is a superblock; a file may have 24 bytes too, so only a version 2 is decoded. */
    private static void putSuperblock(Superblock superblock, Map<String, String> fields) {
        if (superblock.major() == 2) {
            fields.put("version", superblock.versionText());
            fields.put("blockSize", Long.toString(superblock.blockSize()));
            fields.put("blockCount", Long.toString(superblock.blockCount()));
            fields.put("nameMax", Long.toString(superblock.nameMax()));
            fields.put("fileMax", Long.toString(superblock.fileMax()));
            fields.put("attrMax", Long.toString(superblock.attrMax()));
        }
    }

    private static void putMoveState(MoveState state, Map<String, String> fields) {
        fields.put("orphans", Boolean.toString(state.hasOrphans()));
        fields.put("word", hex(state.word()));
        fields.put("source", state.source().toString());
    }

    private static String shown(byte[] data) {
        HexFormat format = HexFormat.of();
        return data.length <= SHOWN_BYTES
                ? format.formatHex(data)
                : format.formatHex(Arrays.copyOf(data, SHOWN_BYTES)) + "...";
    }

    private static String hex(int word) {
        return "0x" + HexFormat.of().toHexDigits(word);
    }
}
