package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.block.drivers.layer.NorDevice;
import dev.morgana.block.drivers.layer.NorRule;
import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.block.drivers.layer.StatisticsRecorder;
import dev.morgana.lsm.EkvFs;
import dev.morgana.lsm.EkvFsFile;
import dev.morgana.lsm.EkvFsOptions;
import dev.morgana.lsm.EkvFsStat;
import dev.morgana.lsm.EkvOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Replays one ekv-fs trace on a flash that keeps its rules, and compares every outcome; where the peer fails, with what would be
 * right. Content is compared with a model too.
 */
final class EkvFsTrace {
    /** A file that was opened before it was replaced, and what it was then. */
    private record Handle(EkvFsFile file, byte[] content) {}

    private final List<Fields> lines;
    private final Options options;
    private final int chunkSize;
    private final RamDevice ram;
    private final StatisticsRecorder recorder = new StatisticsRecorder();
    private final Map<String, Handle> handles = new HashMap<>();
    private final EkvFsModel model = new EkvFsModel();
    private long seed;
    private @Nullable EkvFs files;
    private long mutations;
    private boolean peerFailed;

    /** The size of a file that neither the peer nor ours had space for. */
    private int full = Integer.MAX_VALUE;

    private EkvFsTrace(List<Fields> lines) {
        this.lines = lines;
        Fields config = lines.get(0).object("config");
        JsonNode node = config.node();
        this.options = Recipe.options(node).only(EkvFsOptions.all());
        this.chunkSize = node.get("chunkSize").asInt();
        config.passOver("note", "made_by");
        EkvFsOptions.all().forEach(option -> config.passOver(option.name()));
        this.ram = RamDevice.erased(EkvData.geometry(node));
        this.seed = node.get("randomSeed").asLong();
    }

    /** Replays; answers what it cost. */
    static IoCount replay(List<Fields> lines) {
        EkvFsTrace trace = new EkvFsTrace(lines);
        for (Fields line : lines.subList(1, lines.size() - 1)) {
            try {
                trace.run(line);
            } catch (IOException e) {
                throw new AssertionError(line + ": " + e, e);
            }
        }
        IoCount cost = trace.cost();
        trace.finish(lines.get(lines.size() - 1));
        lines.forEach(Fields::rejectUnread);
        return cost;
    }

    private IoCount cost() {
        Statistics counts = recorder.snapshot();
        return new IoCount(
                counts.reads().calls(),
                counts.reads().bytes(),
                counts.programs().calls(),
                counts.programs().bytes(),
                counts.erases().calls(),
                counts.erases().bytes(),
                counts.syncs().calls(),
                mutations);
    }

    /** A device of this moment, which may be left open. */
    private BlockDevice device() {
        return StatisticsDevice.of(NorDevice.of(ram, NorRule.ONCE), recorder);
    }

    private Options withSeed() {
        return options.with(EkvOptions.RANDOM_SEED, seed);
    }

    private EkvFs files() {
        return Objects.requireNonNull(files, "the trace uses a store that it has not opened");
    }

    private static AssertionError differs(Fields line, Object found) {
        return new AssertionError(line + ", found " + found);
    }

    private void run(Fields line) throws IOException {
        switch (line.text("op")) {
            case "format" -> {
                EkvFs.format(device(), withSeed());
                files = EkvFs.open(device(), withSeed());
                expect(line, "ok");
            }
            case "open" -> {
                seed = line.get("seed").asLong();
                files = EkvFs.open(device(), withSeed());
                expect(line, "ok");
            }
            case "write_file" -> write(line);
            case "stat" -> stat(line);
            case "read" -> read(line);
            case "delete_file" -> delete(line);
            case "handle_open_read" -> openHandle(line);
            case "handle_read" -> readHandle(line);
            case "io" -> line.passOver("reads", "read_bytes", "progs", "prog_bytes", "erases", "erase_bytes", "syncs");
            default -> throw new AssertionError(line + ": unknown operation");
        }
    }

    /** Compares with the outcome that is right; answers where it stands. */
    private Fields expect(Fields line, String found) {
        boolean defect = line.find("peer_defect").map(JsonNode::asBoolean).orElse(false);
        peerFailed |= defect;
        Fields wanted = defect ? line.object("want") : line;
        if (defect) {
            line.passOver("out", "size_after");
        }
        if (!wanted.text("out").equals(found)) {
            throw differs(line, found);
        }
        return wanted;
    }

    private void write(Fields line) throws IOException {
        mutations++;
        String path = line.text("path");
        byte[] content = EkvFsImage.content(line.object("data"));
        try {
            files().writeFile(path, content);
            model.put(path, content);
            compareSize(expect(line, "ok"), path);
        } catch (NoSpaceException e) {
            expectFull(line, path, content.length);
        } catch (StoreException e) {
            compareSize(expect(line, e.nativeCode().orElse(e.toString())), path);
        }
    }

    private void compareSize(Fields wanted, String path) throws IOException {
        if (wanted.find("size_after").isPresent()
                && sizeOf(path) != wanted.get("size_after").asLong()) {
            throw differs(wanted, sizeOf(path) + " bytes after it");
        }
    }

    private long sizeOf(String path) throws IOException {
        boolean there = EkvFsData.outcome(() -> files().stat(path)).equals("ok");
        return there ? files().stat(path).size() : -1;
    }

    /**
     * The flash is too full where it is for the peer, and for what is larger right after that, which the peer refuses for another
     * reason before it finds out. The peer has deleted the file by then; ours is the old one.
     */
    private void expectFull(Fields line, String path, int length) throws IOException {
        boolean defect = line.find("peer_defect").map(JsonNode::asBoolean).orElse(false);
        if (defect && length >= full) {
            line.object("want").passOver("out", "size_after");
        } else if (defect || !line.text("out").equals("Database")) {
            throw differs(line, "no space");
        }
        full = length;
        peerFailed = true;
        line.passOver("out", "size_after");
        byte[] old = model.get(path);
        if (sizeOf(path) != (old == null ? -1 : old.length)) {
            throw differs(line, "another file than the old one");
        }
    }

    private void stat(Fields line) throws IOException {
        String path = line.text("path");
        String found = EkvFsData.outcome(() -> files().stat(path));
        expect(line, found);
        if (found.equals("ok")) {
            EkvFsStat stat = files().stat(path);
            if (stat.size() != line.get("size").asLong()
                    || stat.chunks() != line.get("chunks").asLong()) {
                throw differs(line, stat);
            }
        }
    }

    private void read(Fields line) throws IOException {
        List<EkvFsData.Read> reads = new ArrayList<>();
        String path = line.text("path");
        int buffer = line.get("buf").asInt();
        String found = EkvFsData.outcome(() -> reads.add(EkvFsData.read(files(), path, buffer)));
        expect(line, found);
        if (reads.isEmpty()) {
            return;
        }
        EkvFsData.Read read = reads.get(0);
        boolean same = read.content().length == line.get("len").asInt()
                && GoldenCase.sha256(read.content()).equals(line.text("sha256"))
                && Arrays.equals(read.content(), model.get(path));
        if (!same || !areCounts(line.get("ns"), read.counts())) {
            throw differs(line, read.content().length + " bytes, " + read.counts());
        }
    }

    /** The bytes per call; only how many calls, if they are many. */
    private static boolean areCounts(JsonNode wanted, List<Integer> found) {
        if (!wanted.isArray()) {
            return wanted.asInt() == found.size();
        }
        List<Integer> counts = new ArrayList<>();
        wanted.forEach(count -> counts.add(count.asInt()));
        return counts.equals(found);
    }

    private void delete(Fields line) throws IOException {
        mutations++;
        String path = line.text("path");
        String found = EkvFsData.outcome(() -> files().deleteFile(path));
        if (found.equals("ok")) {
            model.remove(path);
        }
        expect(line, found);
    }

    private void openHandle(Fields line) throws IOException {
        String path = line.text("path");
        byte[] content = Objects.requireNonNull(model.get(path));
        Handle handle = new Handle(files().open(path), content);
        handles.put(line.text("handle"), handle);
        byte[] found = next(handle, line);
        if (found.length != line.get("n").asInt() || !GoldenCase.sha256(found).equals(line.text("sha256"))) {
            throw differs(line, found.length + " bytes");
        }
        expect(line, "ok");
    }

    private static byte[] next(Handle handle, Fields line) throws IOException {
        long position = handle.file.position();
        ByteBuffer buffer = ByteBuffer.allocate(line.get("buf").asInt());
        int count = Math.max(0, handle.file.read(buffer));
        byte[] found = Arrays.copyOf(buffer.array(), count);
        int end = (int) Math.min(handle.content.length, position + count);
        if (!Arrays.equals(found, Arrays.copyOfRange(handle.content, (int) position, end))
                || (count == 0 && position < handle.content.length)) {
            throw differs(line, count + " bytes that are not those of the file when it was opened");
        }
        return found;
    }

    /** The peer mixes the old size with the new chunks; ours goes on with the old file. */
    private void readHandle(Fields line) throws IOException {
        next(handles.get(line.text("handle")), line);
        line.passOver("out", "n", "sha256", "note");
    }

    private void finish(Fields last) {
        try {
            String expected = EkvData.digest(model.keys(chunkSize));
            for (EkvFs each : List.of(files(), EkvFs.open(device(), withSeed()))) {
                String found = EkvData.digest(EkvFsData.keys(each));
                if (!found.equals(expected)) {
                    throw differs(last, "other keys than those of the files");
                }
            }
            boolean same = expected.equals(last.text("final_digest"))
                    && model.keys(chunkSize).size() == last.get("final_count").asInt();
            if (!same && !peerFailed) {
                throw differs(last, expected);
            }
        } catch (IOException e) {
            throw new AssertionError(last + ": " + e, e);
        }
        last.passOver("io", "final_image_sha256", "final_image_norm_sha256");
    }
}
