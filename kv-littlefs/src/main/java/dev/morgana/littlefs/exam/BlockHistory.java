package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.error.DeviceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log of one metadata block says of the file of one name.
 *
 * @param scan the log as a whole
 * @param first what the first commit left
 * @param states what the first commit says of the file, and each commit that says something else than those before
 */
record BlockHistory(LogScan scan, PairState first, List<FileState> states) {
    /**
     * Reads a block.
     *
     * @throws DeviceException if the revision cannot be read, or the device fails other than by a bad block
     */
    static BlockHistory read(Blocks blocks, long block, Dialect dialect, FileName name) throws DeviceException {
        BlockBytes bytes = blocks.window(block);
        Collector collector = new Collector(name, dialect);
        LogScan scan = LogScan.of(bytes, dialect, collector);
        List<FileState> states = new ArrayList<>();
        for (Step step : collector.steps) {
            states.add(new FileState(block, scan.revision(), step.commit(), step.offset(), step.struct()));
        }
        return new BlockHistory(scan, collector.first, List.copyOf(states));
    }

    /**
     * Whether this log was compacted into that one, as far as can be told: a log does not name its directory, and a new pair gets
     * blocks that are not erased, where the log of another directory may stand, with a lower revision too. So the revisions have
     * to follow on each other, and at least one entry has to be in both by name.
     */
    boolean leadsTo(BlockHistory newer) {
        return scan.isUsable()
                && scan.revision() + 1 == newer.scan.revision()
                && scan.state().entries().stream()
                        .anyMatch(entry -> newer.first.entries().stream().anyMatch(other -> isNamedAs(entry, other)));
    }

    private static boolean isNamedAs(MetadataEntry one, MetadataEntry other) {
        return one.nameType() != MetadataEntry.NO_NAME
                && one.nameType() == other.nameType()
                && one.name().equals(other.name());
    }

    private record Step(int commit, int offset, @Nullable EntryStruct struct) {}

    private static final class Collector implements LogScan.Observer {
        private final FileName name;
        private final Dialect dialect;
        private final List<Step> steps = new ArrayList<>();
        private PairState first = PairState.EMPTY;
        private @Nullable EntryStruct last;

        Collector(FileName name, Dialect dialect) {
            this.name = name;
            this.dialect = dialect;
        }

        @Override
        public void committed(int number, int offset, PairState state) {
            int id = Directory.find(
                    state, name, dialect, each -> state.entries().get(each).isVisible());
            MetadataEntry entry =
                    id == Directory.NO_ENTRY ? null : state.entries().get(id);
            MetadataEntry file = entry != null && entry.isFile() ? entry : null;
            EntryStruct struct = file == null ? null : file.struct();
            if (number == 1) {
                first = state;
            }
            // Entries are immutable: as long as nothing was said of the struct, it is the same object.
            if (number == 1 || struct != last) {
                steps.add(new Step(number, file == null ? offset : file.offset(), struct));
            }
            last = struct;
        }
    }
}
