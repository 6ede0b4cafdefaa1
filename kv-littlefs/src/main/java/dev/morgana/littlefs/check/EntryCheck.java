package dev.morgana.littlefs.check;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the entries of one directory, pair by pair: names, their order, kinds, limits. */
final class EntryCheck {
    private final Volume volume;
    private final Findings findings;
    private final String path;
    private final Map<FileName, Position> names = new HashMap<>();
    private @Nullable FileName last;

    /**
     * A check of one directory.
     *
     * @param path its path, ending in a slash
     */
    EntryCheck(Volume volume, Findings findings, String path) {
        this.volume = volume;
        this.findings = findings;
        this.path = path;
    }

    /** Checks the entries of the next pair. */
    void check(MetadataPair pair) {
        for (int id = 0; id < pair.state().entries().size(); id++) {
            MetadataEntry entry = pair.state().entries().get(id);
            Position where = volume.blocks().position(pair.activeBlock(), entry.offset(), "entry " + id);
            if (entry.isFile() || entry.isDirectory()) {
                checkName(entry, where);
                checkStruct(entry, where);
                checkAttributes(entry, where);
            } else {
                checkOther(entry, where);
            }
        }
    }

    private void checkName(MetadataEntry entry, Position where) {
        FileName name = entry.name();
        String subject = path + name;
        Position earlier = names.put(name, where);
        if (earlier != null) {
            duplicate(earlier, where, subject);
        } else if (volume.dialect() == Dialect.LITTLEFS && last != null && last.compareTo(name) > 0) {
            findings.error("name-order", where, "a name after " + last, name.toString(), subject);
        }
        last = name;
        if (!isLegal(name)) {
            findings.warning("illegal-name", where, "a name that a path can have", "'" + name + "'", subject);
        }
        if (name.length() > volume.nameMax()) {
            findings.warning(
                    "name-too-long",
                    where,
                    "at most " + volume.nameMax() + " bytes",
                    name.length() + " bytes",
                    subject);
        }
    }

    /** Chamelon leaves names behind in the first pairs of a directory, and reads the last one. */
    private void duplicate(Position earlier, Position where, String subject) {
        String expected = "each name once";
        if (volume.dialect() == Dialect.CHAMELON) {
            findings.warning("duplicate-name", earlier, expected, "again in block " + where.block(), subject);
        } else {
            findings.error("duplicate-name", where, expected, "also in block " + earlier.block(), subject);
        }
    }

    /** Chamelon knows no special names and allows NUL. */
    private boolean isLegal(FileName name) {
        return name.isSegment() && (volume.dialect() == Dialect.CHAMELON || !name.isSpecial());
    }

    private void checkStruct(MetadataEntry entry, Position where) {
        String subject = path + entry.name();
        if (entry.struct() == null) {
            findings.warning("entry-without-struct", where, "a struct", "none", subject);
        } else if (entry.isDirectory() != entry.struct() instanceof EntryStruct.Directory
                || entry.struct() instanceof EntryStruct.Unknown) {
            findings.error(
                    "wrong-struct",
                    where,
                    entry.isDirectory() ? "the pair of a directory" : "the content of a file",
                    "struct of type 0x" + Integer.toHexString(entry.struct().type()),
                    subject);
        } else if (entry.struct() instanceof EntryStruct.Ctz ctz && ctz.head().size() > volume.fileMax()) {
            findings.warning(
                    "file-too-large",
                    where,
                    "at most " + volume.fileMax() + " bytes",
                    ctz.head().size() + " bytes",
                    subject);
        }
    }

    private void checkAttributes(MetadataEntry entry, Position where) {
        entry.attributes().forEach((number, value) -> {
            if (value.length > volume.attrMax()) {
                findings.warning(
                        "attribute-too-long",
                        where,
                        "at most " + volume.attrMax() + " bytes",
                        "attribute " + number + " of " + value.length + " bytes",
                        path + entry.name());
            }
        });
    }

    /** In chamelon's dialect an id may be empty, but nothing may be left of its entry. */
    private void checkOther(MetadataEntry entry, Position where) {
        boolean blank = entry.struct() == null && entry.attributes().isEmpty();
        boolean named = entry.nameType() != MetadataEntry.NO_NAME;
        if (!named && (volume.dialect() == Dialect.LITTLEFS || !blank)) {
            findings.warning("entry-without-name", where, "a name", "none", path);
        }
    }
}
