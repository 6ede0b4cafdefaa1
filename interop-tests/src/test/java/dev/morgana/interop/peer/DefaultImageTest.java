package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.cli.CommandProcess;
import dev.morgana.interop.peer.Comparison.Direction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the command makes without options is mounted by the real implementation as it comes, built without features and without
 * variables: a factory image must not need firmware of its own. The peer reads it and goes on, and so does the image's maker,
 * who is told nothing of it.
 */
@Tag("interop")
class DefaultImageTest {
    private static final int BLOCK = 4096;
    private static final String IMAGE = "factory.img";

    @TempDir
    private Path folder;

    private final SortedMap<Name, Row> expected = new TreeMap<>();

    /** Values at the limits that a database has by default: keys of 64 bytes, values of 1024. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--size=1M"})
    void ekv(String size) throws Exception {
        Path values = values(Map.of("colour", 4, "empty", 0, "k".repeat(64), 1024, "l".repeat(64), 1));
        create("ekv", size, values);
        LivePeer peer = new LivePeer("ekv", setup -> RustPeer.program("ekv", setup), OurFlatParty::new);
        takeTurns(peer, setup("ekv", Map.of()), new OurFlatParty(image().toString()), Name.of("new"), "value");
    }

    /** Numbers of the type that have no default in the crate: what it documents as the most, and what its example has. */
    @Test
    void ekvFs() throws Exception {
        String longest = "p".repeat(59);
        Path files = files("/", Map.of("a", 0, "b", 1, "c", 511, "d", 512, "e", 513, longest, 5120));
        create("ekv-fs", "", files);
        LivePeer peer = new LivePeer("ekv-fs", setup -> RustPeer.program("ekv-fs", setup), OurFlatParty::new);
        Setup setup = setup("ekv-fs", Map.of("maxPathLen", 104, "chunkSize", 512));
        takeTurns(peer, setup, new OurTreeParty(image().toString(), "/"), Name.of("/new"), "file");
    }

    @Test
    void embedkv() throws Exception {
        Path values = values(Map.of("colour", 4, "empty", 0, "k".repeat(BLOCK - 36), 1, "large", 3 * BLOCK));
        create("embedkv", "", values);
        LivePeer peer = new LivePeer("embedkv", setup -> RustPeer.program("embedkv", setup), OurFlatParty::new);
        Setup setup = setup("embedkv", Map.of("blockSize", BLOCK));
        takeTurns(peer, setup, new OurFlatParty(image().toString()), Name.of("new"), "value");
    }

    /** The C implementation has no default for the geometry; everything else is what littlefs-python takes by itself. */
    @Test
    void littlefs() throws Exception {
        Path files = files(
                "",
                Map.of("a", 0, "b", 1, "c", 511, "d/e", 512, "d/f", 513, "n".repeat(255), 2, "large", 3 * BLOCK + 1));
        expected.put(Name.of("d"), Row.of("dir", new byte[0], Map.of()));
        create("littlefs", "", files);
        LivePeer peer = new LivePeer("littlefs-python", setup -> PythonPeer.program(), OurTreeParty::new);
        long blocks = Files.size(image()) / BLOCK;
        Setup setup = setup("littlefs", Map.of("blockSize", BLOCK, "blockCount", blocks));
        takeTurns(peer, setup, new OurTreeParty(image().toString()), Name.of("new"), "file");
    }

    private static Setup setup(String format, Map<String, Object> options) {
        return new Setup(format, "default", options, List.of(), 0, 1, 255);
    }

    private Path image() {
        return folder.resolve(IMAGE);
    }

    /** Flat values of so many bytes, as JSON. */
    private Path values(Map<String, Integer> sizes) throws Exception {
        StringBuilder json = new StringBuilder("{");
        sizes.forEach((key, size) -> {
            String value = "v".repeat(size);
            json.append(json.length() == 1 ? "" : ",").append('"' + key + "\":\"" + value + '"');
            expected.put(Name.of(key), Row.of("value", bytes(value), Map.of()));
        });
        return Files.writeString(folder.resolve("values.json"), json.append('}'));
    }

    /** A folder with files of so many bytes. */
    private Path files(String root, Map<String, Integer> sizes) throws Exception {
        Path tree = folder.resolve("tree");
        for (Map.Entry<String, Integer> file : sizes.entrySet()) {
            byte[] content = bytes("v".repeat(file.getValue()));
            Path target = tree.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, content);
            expected.put(Name.of(root + file.getKey()), Row.of("file", content, Map.of()));
        }
        return tree;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void create(String format, String size, Path source) throws Exception {
        List<String> words = new ArrayList<>(List.of("create", format, IMAGE));
        words.add(Files.isDirectory(source) ? source + "/" : source.toString());
        if (!size.isEmpty()) {
            words.add(size);
        }
        CommandProcess run = CommandProcess.run(List.of(), folder, words.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private void takeTurns(LivePeer live, Setup setup, Party own, Name added, String type) throws Exception {
        try (PeerProcess process = live.program(setup).start(folder)) {
            PeerParty peer = new PeerParty(process, setup, List.of(image()));
            new Comparison(peer.peer(), peer.version(), "as create makes it")
                    .run(
                            List.of(
                                    new Direction("Morgana writes, the peer reads", () -> 2),
                                    new Direction("the peer writes, Morgana reads", () -> 1)),
                            () -> {
                                change(peer, added, bytes("of the peer"), type);
                                change(own, added, bytes("of ours"), type);
                                peer.open();
                                assertThat(peer.list()).isEqualTo(expected);
                                peer.close();
                            });
        }
    }

    /** Everything is there; then there is one more. */
    private void change(Party party, Name added, byte[] content, String type) throws Exception {
        party.open();
        assertThat(party.list()).as(party.name()).isEqualTo(expected);
        party.apply(new Step.Put(added, content));
        expected.put(added, Row.of(type, content, Map.of()));
        party.close();
    }
}
